import { pendingOf } from '../pending/pending.ts'
import type { VirtualMachine, VirtualMachineInstance } from '../types.ts'
import { disksOf, type DiskInfo } from './disks-of.ts'

/** `added`, `changed` and `removed` wait for a restart; `plugging` is on its way in or out. */
export type DiskState = 'added' | 'changed' | 'removed' | 'plugging' | 'plugged' | 'fixed'

export interface DiskRow extends DiskInfo {
  state: DiskState
  /** Whether it can be taken out of the running guest. */
  isHotPluggable: boolean
  /** The claim that holds it, if one does. */
  claim: string | undefined
}

export const isPending = (state: string): boolean =>
  state === 'added' || state === 'changed' || state === 'removed'

/** A VM's disks and those that only its running guest still has; what waits stands on top. */
export function diskRows(
  virtualMachine: VirtualMachine,
  instance: VirtualMachineInstance | null | undefined,
): DiskRow[] {
  const changes = new Map(
    pendingOf(virtualMachine, instance).changes.flatMap((each) =>
      each.subject === 'disk' ? [[each.name, each.change] as const] : [],
    ),
  )
  const statuses = new Map(instance?.status?.volumeStatus?.map((each) => [each.name, each]))
  const wanted = disksOf(virtualMachine)
  const gone = instance
    ? disksOf({ spec: { template: { spec: instance.spec } } }).filter(
        ({ name }) => !wanted.some((disk) => disk.name === name),
      )
    : []
  const volumes = new Map(
    [
      ...(instance?.spec.volumes ?? []),
      ...(virtualMachine.spec.template?.spec?.volumes ?? []),
    ].map((volume) => [volume.name, volume]),
  )
  const rows = [...wanted, ...gone].map((disk): DiskRow => {
    const { dataVolume, persistentVolumeClaim } = volumes.get(disk.name) ?? {}
    const status = statuses.get(disk.name)
    const isHotPluggable =
      dataVolume?.hotpluggable ?? persistentVolumeClaim?.hotpluggable ?? false
    const plugged = status?.phase === 'Ready' && !gone.includes(disk) ? 'plugged' : 'plugging'
    const settled = isHotPluggable && instance ? plugged : 'fixed'
    return {
      ...disk,
      size: status?.persistentVolumeClaimInfo?.capacity?.['storage'] ?? disk.size,
      state: changes.get(disk.name) ?? settled,
      isHotPluggable,
      claim: dataVolume?.name ?? persistentVolumeClaim?.claimName,
    }
  })
  return rows.toSorted((one, other) => +isPending(other.state) - +isPending(one.state))
}
