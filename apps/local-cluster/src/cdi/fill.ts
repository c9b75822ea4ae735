import { mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { copyDisk } from './sparse-copy.ts'

/** An empty disk: a sparse file of the volume's size. Keeps a disk that is there already. */
export async function fillBlank(target: string, size: number): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  const file = await open(target, 'a')
  try {
    if ((await file.stat()).size < size) await file.truncate(size)
  } finally {
    await file.close()
  }
}

/** A copy of another volume's disk, grown to the volume's size; shares blocks where it can. */
export async function fillFromClone(
  source: string,
  target: string,
  size: number,
): Promise<void> {
  if ((await stat(source)).size > size) {
    throw new Error('target resources requests storage size is smaller than the source')
  }
  await mkdir(dirname(target), { recursive: true })
  await copyDisk(source, target, size)
}
