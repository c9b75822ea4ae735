import type {
  V1beta1VirtualMachineRestore as VirtualMachineRestore,
  V1beta1VirtualMachineSnapshot as VirtualMachineSnapshot,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { VirtualMachine } from '../types.ts'

/** Whether a snapshot or the target of a restore is about this VM. */
export const isSnapshotOf = (
  { spec }: Pick<VirtualMachineSnapshot, 'spec'>,
  name: string,
): boolean => spec.source.kind === 'VirtualMachine' && spec.source.name === name

export const isRestoreOf = (
  { spec }: Pick<VirtualMachineRestore, 'spec'>,
  name: string,
): boolean => spec.target.kind === 'VirtualMachine' && spec.target.name === name

/** How the guest was when the snapshot was taken: it says how much its disks can be trusted. */
export type SnapshotConsistency =
  /** The VM was off. */
  | 'offline'
  /** The guest agent wrote everything to the disks and held still. */
  | 'quiesced'
  /** As after a power failure: the guest could not be asked to hold still. */
  | 'crash'

/** The agent was asked and did not manage; `QuiesceFailed` is what older KubeVirt calls it. */
const UNQUIET = new Set(['QuiesceTimeout', 'QuiesceFailed'])

export function consistencyOf({ status }: VirtualMachineSnapshot): SnapshotConsistency {
  const indications =
    status?.sourceIndications?.map(({ indication }) => indication) ?? status?.indications ?? []
  if (!indications.includes('Online')) return 'offline'
  return indications.includes('GuestAgent') && !indications.some((each) => UNQUIET.has(each))
    ? 'quiesced'
    : 'crash'
}

/** Why a snapshot cannot be restored now; undefined if it can. */
export function restoreObstacle({
  metadata,
  status,
}: VirtualMachineSnapshot): 'deleting' | 'failed' | 'notReady' | undefined {
  if (metadata?.deletionTimestamp !== undefined) return 'deleting'
  if (status?.phase === 'Failed') return 'failed'
  return status?.readyToUse === true ? undefined : 'notReady'
}

/** Volumes that a snapshot of the VM would leave out, each with KubeVirt's reason. */
export function volumesLeftOut({
  status,
}: Pick<VirtualMachine, 'status'>): { name: string; reason: string }[] {
  return (status?.volumeSnapshotStatuses ?? [])
    .filter(({ enabled }) => !enabled)
    .map(({ name, reason = '' }) => ({ name, reason }))
}

/** A restore that is under way, or the newest that failed; undefined if all went well. */
export function notableRestore(
  restores: readonly VirtualMachineRestore[],
):
  | { restore: VirtualMachineRestore; state: 'running' | 'failed'; message?: string }
  | undefined {
  const [newest] = restores.toSorted((a, b) =>
    (b.metadata?.creationTimestamp ?? '').localeCompare(a.metadata?.creationTimestamp ?? ''),
  )
  if (!newest || newest.status?.complete === true) return undefined
  const failure = newest.status?.conditions?.find(
    ({ type, status }) => type === 'Failure' && status === 'True',
  )
  const progress = newest.status?.conditions?.find(({ type }) => type === 'Progressing')
  const { reason: message } = failure ?? progress ?? {}
  return {
    restore: newest,
    state: failure ? 'failed' : 'running',
    ...(message && { message }),
  }
}

/** A name that tells when it was taken; names of objects have no colons. */
export const snapshotName = (virtualMachine: string, now: Date): string =>
  `${virtualMachine}-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`

interface Target {
  namespace: string
  name: string
}

/** The object that asks for a snapshot. */
export const snapshotOf = (
  { namespace, name: source }: Target,
  name: string,
): VirtualMachineSnapshot => ({
  apiVersion: 'snapshot.kubevirt.io/v1beta1',
  kind: 'VirtualMachineSnapshot',
  metadata: { name, namespace },
  spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: source } },
})

/** The object that asks for a restore; with `stop`, KubeVirt stops the VM first. */
export const restoreOf = (
  { namespace, name }: Target,
  { snapshot, stop }: { snapshot: string; stop: boolean },
): VirtualMachineRestore => ({
  apiVersion: 'snapshot.kubevirt.io/v1beta1',
  kind: 'VirtualMachineRestore',
  metadata: { generateName: `${snapshot}-restore-`, namespace },
  spec: {
    target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name },
    virtualMachineSnapshotName: snapshot,
    ...(stop && { targetReadinessPolicy: 'StopTarget' }),
  },
})
