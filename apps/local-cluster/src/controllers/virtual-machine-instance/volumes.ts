import { claimNameOf } from '@virtdeck/kubevirt'
import type { DataVolume, PersistentVolumeClaim, VirtualMachineInstance } from '../informers.ts'

export type VolumesState =
  | { state: 'ready' }
  | { state: 'waiting' }
  /** A DataVolume is filled only when a pod that uses it has a node. */
  | { state: 'needsConsumer' }
  /** A DataVolume will never be filled. */
  | { state: 'failed' }
  | { state: 'missing'; claimName: string }

export interface FindVolumes {
  dataVolume: (name: string) => DataVolume | undefined
  claim: (name: string) => PersistentVolumeClaim | undefined
}

const FOR_CONSUMER = ['WaitForFirstConsumer', 'PendingPopulation']

/** Whether the claims of an instance exist and are filled. */
export function volumesState(
  { spec }: VirtualMachineInstance,
  find: FindVolumes,
): VolumesState {
  let waiting = false
  let needsConsumer = false
  for (const volume of spec.volumes ?? []) {
    const claimName = claimNameOf(volume)
    if (claimName === undefined) continue
    const claim = find.claim(claimName)
    const dataVolume = find.dataVolume(claimName)
    if (dataVolume?.status?.phase === 'Failed') return { state: 'failed' }
    if (claim === undefined && dataVolume === undefined) return { state: 'missing', claimName }
    const phase = dataVolume?.status?.phase ?? ''
    if (claim && FOR_CONSUMER.includes(phase)) needsConsumer = true
    else if (dataVolume && phase !== 'Succeeded') waiting = true
    if (claim === undefined) waiting = true
  }
  if (needsConsumer) return { state: 'needsConsumer' }
  return waiting ? { state: 'waiting' } : { state: 'ready' }
}

export const usesDataVolumes = ({ spec }: VirtualMachineInstance): boolean =>
  (spec.volumes ?? []).some(({ dataVolume }) => dataVolume !== undefined)
