import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { runProgram } from '../run-program.ts'
import {
  CHARACTER_DEVICE,
  DIRECTORY,
  EXECUTABLE_FILE,
  REGULAR_FILE,
  writeCpio,
  type CpioEntry,
} from './cpio.ts'

export interface InitrdSources {
  /** Where the kernel and busybox packages were unpacked. */
  unpacked: string
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
]

/** The gzipped initramfs that is the whole guest system. */
export async function buildInitrd({ unpacked, rootfs }: InitrdSources): Promise<Buffer> {
  const files = new Map<string, CpioEntry>()
  const addFile = (name: string, content: Buffer, executable: boolean) => {
    const mode = executable ? EXECUTABLE_FILE : REGULAR_FILE
    files.set(name, { name, mode, content })
  }
  for (const path of await filesBelow(rootfs)) {
    const executable = ((await stat(path)).mode & 0o100) !== 0
    addFile(relative(rootfs, path), await readFile(path), executable)
  }
  addFile('bin/busybox', await readFile(join(unpacked, 'bin/busybox')), true)
  files.set('bin/sh', { name: 'bin/sh', mode: 0o120_777, content: Buffer.from('busybox') })

  const wanted = (await readFile(join(rootfs, 'etc/modules'), 'utf8')).trim().split('\n')
  for (const [name, content] of await collectModules(unpacked, wanted)) {
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

/** The wanted kernel modules with all they depend on, and the `modules.dep` for them. */
async function collectModules(
  unpacked: string,
  wanted: string[],
): Promise<Map<string, Buffer>> {
  const [release] = await readdir(join(unpacked, 'lib/modules'))
  if (release === undefined) throw new Error('the kernel package has no modules')
  const base = `lib/modules/${release}`
  await runProgram('depmod', ['-b', unpacked, release])
  const dependencies = parseModulesDep(
    await readFile(join(unpacked, base, 'modules.dep'), 'utf8'),
  )
  const paths = new Map([...dependencies.keys()].map((path) => [moduleName(path), path]))
  const chosen = new Map<string, string[]>()
  const add = (path: string) => {
    if (chosen.has(path)) return
    const needed = dependencies.get(path) ?? []
    chosen.set(path, needed)
    for (const other of needed) add(other)
  }
  for (const name of wanted) {
    const path = paths.get(name)
    // What the kernel has built in needs no module.
    if (path !== undefined) add(path)
  }
  const files = new Map<string, Buffer>()
  for (const path of chosen.keys()) {
    files.set(`${base}/${path}`, await readFile(join(unpacked, base, path)))
  }
  const lines = [...chosen].map(([path, needed]) => `${path}: ${needed.join(' ')}`.trimEnd())
  files.set(`${base}/modules.dep`, Buffer.from(`${lines.join('\n')}\n`))
  return files
}

/** `a.ko: b.ko c.ko` lines as a map. */
export function parseModulesDep(text: string): Map<string, string[]> {
  const dependencies = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [path, rest] = line.split(':')
    if (path === undefined || rest === undefined) continue
    dependencies.set(path, rest.split(' ').filter(Boolean))
  }
  return dependencies
}

const moduleName = (path: string): string =>
  path.replace(/^.*\//, '').replace(/\.ko$/, '').replaceAll('-', '_')

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
