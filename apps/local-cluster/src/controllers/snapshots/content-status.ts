import { timestamp } from '../timestamps.ts'
import type { VolumeSnapshot } from './kinds.ts'
import type { VirtualMachineSnapshotContent } from './snapshot-content.ts'

type Status = NonNullable<VirtualMachineSnapshotContent['status']>

/** What the volume snapshots of a content say together. */
export function contentStatus(
  { spec, status }: VirtualMachineSnapshotContent,
  volumeOf: (name: string | undefined) => VolumeSnapshot | undefined,
  now: Date,
): Status {
  const names = (spec.volumeBackups ?? []).flatMap(
    ({ volumeSnapshotName }) => volumeSnapshotName ?? [],
  )
  const all = names.map((name) => ({
    name,
    volume: volumeOf(name)?.status,
    found: volumeOf(name),
  }))
  const gone = all.filter(({ found }) => found === undefined).map(({ name }) => name)
  const failed = all.find(({ volume }) => volume?.error)
  const created = gone.length === 0 && all.every(({ volume }) => volume?.creationTime)
  const readyToUse = gone.length === 0 && all.every(({ volume }) => volume?.readyToUse)
  const message =
    gone.length > 0
      ? `VolumeSnapshots (${gone.join(',')}) missing`
      : failed && `VolumeSnapshot ${failed.name} error: ${failed.volume?.error?.message}`
  const before = status?.error
  const time = before?.message === message && before?.time ? before.time : timestamp(now)
  return {
    readyToUse,
    ...((created || status?.creationTime) && {
      creationTime: status?.creationTime ?? timestamp(now),
    }),
    volumeSnapshotStatus: all
      .filter(({ found }) => found)
      .map(({ name, volume }) => ({
        volumeSnapshotName: name,
        ...(volume?.creationTime && { creationTime: volume.creationTime }),
        ...(volume?.readyToUse !== undefined && { readyToUse: volume.readyToUse }),
        ...(volume?.error && { error: volume.error }),
      })),
    ...(message !== undefined && !readyToUse && { error: { message, time } }),
  }
}
