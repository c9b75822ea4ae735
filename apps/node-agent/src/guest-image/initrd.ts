import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  CHARACTER_DEVICE,
  DIRECTORY,
  EXECUTABLE_FILE,
  REGULAR_FILE,
  writeCpio,
  type CpioEntry,
} from './cpio.ts'
import { collectModules } from './kernel-modules.ts'

export interface InitrdSources {
  /** Where the kernel package was unpacked. */
  kernel: string
  /** Where the busybox package was unpacked. */
  busybox: string
  /** The guest's own files. */
  rootfs: string
}

const EMPTY_DIRECTORIES = [
  'bin',
  'sbin',
  'usr/bin',
  'usr/sbin',
  'proc',
  'sys',
  'dev',
  'run',
  'tmp',
  'data',
  'home',
  'root',
  'var/log',
  'mnt',
  'usr/lib/services',
]

/** The gzipped initramfs that is the whole guest system. */
export async function buildInitrd({ kernel, busybox, rootfs }: InitrdSources): Promise<Buffer> {
  const files = new Map<string, CpioEntry>()
  const addFile = (name: string, content: Buffer, executable: boolean) => {
    const mode = executable ? EXECUTABLE_FILE : REGULAR_FILE
    files.set(name, { name, mode, content })
  }
  for (const path of await filesBelow(rootfs)) {
    const executable = ((await stat(path)).mode & 0o100) !== 0
    addFile(relative(rootfs, path), await readFile(path), executable)
  }
  addFile('bin/busybox', await readFile(join(busybox, 'bin/busybox')), true)
  files.set('bin/sh', { name: 'bin/sh', mode: 0o120_777, content: Buffer.from('busybox') })

  const lists = ['etc/modules', 'etc/modules-by-hardware']
  const wanted = await Promise.all(
    lists.map(async (list) => (await readFile(join(rootfs, list), 'utf8')).trim().split('\n')),
  )
  for (const [name, content] of await collectModules(kernel, wanted.flat())) {
    addFile(name, content, false)
  }
  const devices: CpioEntry[] = [
    { name: 'dev/console', mode: CHARACTER_DEVICE, device: [5, 1] },
    { name: 'dev/null', mode: CHARACTER_DEVICE | 0o066, device: [1, 3] },
  ]
  const directories = new Set(EMPTY_DIRECTORIES.flatMap(withParents))
  for (const name of files.keys()) {
    for (const parent of withParents(dirname(name))) directories.add(parent)
  }
  const archive = writeCpio([
    ...[...directories].toSorted().map((name) => ({ name, mode: DIRECTORY })),
    ...devices,
    ...files.values(),
  ])
  return gzipSync(archive, { level: 9 })
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** `a/b/c` → `a`, `a/b`, `a/b/c`. */
function withParents(path: string): string[] {
  if (path === '.' || path === '') return []
  const parts = path.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}
