import { constants, copyFile, open, rename, rm, type FileHandle } from 'node:fs/promises'

const CHUNK = 1024 * 1024
const ZEROS = Buffer.alloc(CHUNK)

/**
 * Copies a disk so that the copy appears whole or not at all, and what is empty takes no room;
 * where the file system can share blocks, it does. `size` may make the copy larger.
 */
export async function copyDisk(source: string, target: string, size: number): Promise<void> {
  const partial = `${target}.copy`
  try {
    if (!(await shareBlocks(source, partial))) await copyData(source, partial)
    const file = await open(partial, 'r+')
    try {
      if ((await file.stat()).size < size) await file.truncate(size)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partial, target)
  } finally {
    await rm(partial, { force: true })
  }
}

async function shareBlocks(source: string, target: string): Promise<boolean> {
  try {
    await copyFile(source, target, constants.COPYFILE_FICLONE_FORCE)
    return true
  } catch {
    return false
  }
}

async function copyData(source: string, target: string): Promise<void> {
  const from = await open(source, 'r')
  try {
    const to = await open(target, 'w')
    try {
      await copyChunks(from, to)
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

async function copyChunks(from: FileHandle, to: FileHandle): Promise<void> {
  const { size } = await from.stat()
  await to.truncate(size)
  const buffer = Buffer.allocUnsafe(CHUNK)
  for (let position = 0; position < size;) {
    const { bytesRead } = await from.read(buffer, 0, CHUNK, position)
    if (bytesRead === 0) return
    const chunk = buffer.subarray(0, bytesRead)
    if (!chunk.equals(ZEROS.subarray(0, bytesRead))) {
      await to.write(chunk, 0, bytesRead, position)
    }
    position += bytesRead
  }
}
