import { basename, join } from 'node:path'

/** The file of a snapshot's data; independent of its volume, which may be gone before it. */
export function snapshotFileOf(volumesDirectory: string, handle: string): string {
  return join(volumesDirectory, 'snapshots', `${basename(handle)}.img`)
}
