import { RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from '../context.ts'
import { failedWith } from '../controller.ts'
import type { DataVolume, PersistentVolumeClaim, VirtualMachine } from '../informers.ts'
import { templateState } from './data-volume-templates.ts'
import { COMPONENT } from './names.ts'
import { isRefusal } from './refusal.ts'

export interface DataVolumesOutcome {
  /** Whether all are filled, or wait for the VM themselves. */
  ready: boolean
  /** Why one could not be made. */
  failure?: { reason: string; message: string }
}

/** Makes the DataVolumes of `spec.dataVolumeTemplates` that are missing. */
export async function createDataVolumes(
  { client, events }: ControllerContext,
  virtualMachine: VirtualMachine,
  find: {
    dataVolume: (name: string) => DataVolume | undefined
    claim: (name: string) => PersistentVolumeClaim | undefined
  },
): Promise<DataVolumesOutcome> {
  const record = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    events.record(virtualMachine, { type, reason, message, component: COMPONENT })
  const { missing, ready, failed } = templateState(virtualMachine, find)
  const outcome: DataVolumesOutcome = { ready }
  for (const name of failed) {
    const message = `DataVolume ${name} failed to import disk image`
    record('Warning', 'FailedDataVolumeImport', message)
  }
  for (const dataVolume of missing) {
    const name = dataVolume.metadata?.name ?? ''
    try {
      await client.create<DataVolume>(RESOURCES.dataVolumes, dataVolume)
      record('Normal', 'SuccessfulDataVolumeCreate', `Created DataVolume ${name}`)
    } catch (error) {
      // The cache has not seen it yet.
      if (failedWith(error, 409)) continue
      if (!isRefusal(error)) throw error
      const message = `Error creating DataVolume ${name}: ${error.message}`
      record('Warning', 'FailedDataVolumeCreate', message)
      outcome.failure = { reason: 'FailedCreate', message }
    }
  }
  return outcome
}
