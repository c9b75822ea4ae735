import type { SshFileEntry } from '@virtdeck/bff-contract'
import type { FileEntryWithStats, Stats } from 'ssh2'
import type { SftpCalls } from './sftp-calls.ts'

/** More than anybody reads; a folder of millions must not fill the memory. */
const MAX_ENTRIES = 2000

export interface Folder {
  path: string
  entries: SshFileEntry[]
  isCut: boolean
}

export async function listFolder(sftp: SftpCalls, path: string): Promise<Folder> {
  const real = await sftp.realPath(path)
  const handle = await sftp.openFolder(real)
  const found: FileEntryWithStats[] = []
  try {
    while (found.length <= MAX_ENTRIES) {
      const some = await sftp.readFolder(handle)
      if (some.length === 0) break
      found.push(...some.filter(({ filename }) => filename !== '.' && filename !== '..'))
    }
  } finally {
    await sftp.close(handle)
  }
  const folder = real.replace(/\/$/, '')
  const entries = await Promise.all(
    found.slice(0, MAX_ENTRIES).map(async ({ filename, attrs }) => {
      if (!attrs.isSymbolicLink()) return entryOf(filename, attrs)
      // A link is shown as what it leads to, where it leads somewhere.
      const target = await sftp.stat(`${folder}/${filename}`).catch(() => attrs)
      return entryOf(filename, target)
    }),
  )
  return { path: real, entries, isCut: found.length > MAX_ENTRIES }
}

function entryOf(name: string, stats: Stats): SshFileEntry {
  const type = stats.isDirectory() ? 'directory' : stats.isFile() ? 'file' : 'other'
  return { name, type, size: stats.size, modified: stats.mtime }
}
