import { ownerReferenceTo } from '@virtdeck/kubernetes'
import type { DataVolume, PersistentVolumeClaim, VirtualMachine } from '../informers.ts'
import { CREATED_BY } from './names.ts'

export interface TemplateState {
  /** DataVolumes to create. */
  missing: DataVolume[]
  /** Whether all are filled, or wait for the VM themselves. */
  ready: boolean
  /** Names of those that failed for good. */
  failed: string[]
}

/** Compares `spec.dataVolumeTemplates` with what is there. */
export function templateState(
  virtualMachine: VirtualMachine,
  find: {
    dataVolume: (name: string) => DataVolume | undefined
    claim: (name: string) => PersistentVolumeClaim | undefined
  },
): TemplateState {
  const state: TemplateState = { missing: [], ready: true, failed: [] }
  for (const template of virtualMachine.spec.dataVolumeTemplates ?? []) {
    const name = template.metadata?.name ?? ''
    const dataVolume = find.dataVolume(name)
    if (dataVolume === undefined) {
      // A volume outlives its DataVolume.
      if (find.claim(name)) continue
      state.missing.push(dataVolumeOf(virtualMachine, template))
      state.ready = false
      continue
    }
    const phase = dataVolume.status?.phase
    if (phase === 'Failed') state.failed.push(name)
    if (!['Succeeded', 'WaitForFirstConsumer', 'PendingPopulation'].includes(phase ?? '')) {
      state.ready = false
    }
  }
  return state
}

type Template = NonNullable<VirtualMachine['spec']['dataVolumeTemplates']>[number]

function dataVolumeOf(virtualMachine: VirtualMachine, template: Template): DataVolume {
  const { namespace, uid = '' } = virtualMachine.metadata ?? {}
  const { labels, annotations, name } = template.metadata ?? {}
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: {
      name,
      namespace,
      labels: { ...labels, [CREATED_BY]: uid },
      ...(annotations && { annotations: { ...annotations } }),
      ownerReferences: [ownerReferenceTo(virtualMachine)],
    },
    spec: template.spec,
  } as DataVolume
}
