import { readFile, statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'

/** What this machine has, in bytes. */
export interface NodeMachine {
  memory: number
  availableMemory: number
  /** Of the file system that the guests' disks lie on. */
  disk: number
  availableDisk: number
}

export async function measureMachine(dataDirectory: string): Promise<NodeMachine> {
  const info = await readFile('/proc/meminfo', 'utf8').catch(() => '')
  const kibibytes = /^MemAvailable:\s*(\d+)/m.exec(info)?.[1]
  const memory = totalmem()
  const { bsize, blocks, bavail } = await statfs(dataDirectory)
  return {
    memory,
    availableMemory: kibibytes === undefined ? memory : Number(kibibytes) * 1024,
    disk: bsize * blocks,
    availableDisk: bsize * bavail,
  }
}
