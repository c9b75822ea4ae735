import { claimNameOf } from '@virtdeck/kubevirt'
import type { DataVolume, PersistentVolumeClaim, VirtualMachineInstance } from '../informers.ts'

export type VolumesState =
  | { state: 'ready' }
  | { state: 'waiting' }
  /** A DataVolume will never be filled. */
  | { state: 'failed' }
  | { state: 'missing'; claimName: string }

export interface FindVolumes {
  dataVolume: (name: string) => DataVolume | undefined
  claim: (name: string) => PersistentVolumeClaim | undefined
}

const FILLED = ['Succeeded', 'WaitForFirstConsumer', 'PendingPopulation']

/** Whether the claims of an instance exist and are filled. */
export function volumesState(
  { spec }: VirtualMachineInstance,
  find: FindVolumes,
): VolumesState {
  let waiting = false
  for (const volume of spec.volumes ?? []) {
    const claimName = claimNameOf(volume)
    if (claimName === undefined) continue
    const claim = find.claim(claimName)
    const dataVolume = find.dataVolume(claimName)
    if (dataVolume?.status?.phase === 'Failed') return { state: 'failed' }
    if (claim === undefined && dataVolume === undefined) return { state: 'missing', claimName }
    if (dataVolume && !FILLED.includes(dataVolume.status?.phase ?? '')) waiting = true
    if (claim === undefined) waiting = true
  }
  return waiting ? { state: 'waiting' } : { state: 'ready' }
}

export const usesDataVolumes = ({ spec }: VirtualMachineInstance): boolean =>
  (spec.volumes ?? []).some(({ dataVolume }) => dataVolume !== undefined)
