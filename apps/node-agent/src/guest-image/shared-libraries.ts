import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/**
 * Copies programs with the shared libraries that they need out of unpacked packages into one
 * directory each: `bin/` and `lib/`, where the dynamic loader is as well.
 */
export async function collectPrograms(
  unpacked: string,
  programs: string[],
  directory: string,
): Promise<void> {
  const libraries = await librariesIn(unpacked)
  await mkdir(join(directory, 'bin'), { recursive: true })
  await mkdir(join(directory, 'lib'), { recursive: true })
  const needed = new Set(['ld-linux-x86-64.so.2'])
  for (const program of programs) {
    const file = join(unpacked, program)
    await copyFile(file, join(directory, 'bin', basename(program)))
    for (const name of neededLibraries(await readFile(file))) needed.add(name)
  }
  for (const name of needed) {
    const file = libraries.get(name)
    if (file === undefined) throw new Error(`no package has the library ${name}`)
    await copyFile(file, join(directory, 'lib', name))
    for (const other of neededLibraries(await readFile(file))) needed.add(other)
  }
}

async function librariesIn(unpacked: string): Promise<Map<string, string>> {
  const folders = ['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu', 'lib64', 'usr/lib64']
  const found = new Map<string, string>()
  for (const folder of folders) {
    for (const name of await readdir(join(unpacked, folder)).catch(() => [])) {
      // A link across directories may lead outside of what was unpacked.
      const file = join(unpacked, folder, name)
      if (name.includes('.so') && !found.has(name)) found.set(name, file)
    }
  }
  return found
}

const PROGRAM_DYNAMIC = 2
const PROGRAM_LOAD = 1
const TAG_NEEDED = 1n
const TAG_STRINGS = 5n

/** The names in the NEEDED entries of a 64-bit ELF file. */
export function neededLibraries(file: Buffer): string[] {
  const headers = Array.from({ length: file.readUInt16LE(56) }, (_, index) => {
    const start = Number(file.readBigUInt64LE(32)) + index * file.readUInt16LE(54)
    return {
      type: file.readUInt32LE(start),
      offset: Number(file.readBigUInt64LE(start + 8)),
      address: Number(file.readBigUInt64LE(start + 16)),
      size: Number(file.readBigUInt64LE(start + 32)),
    }
  })
  const dynamic = headers.find(({ type }) => type === PROGRAM_DYNAMIC)
  if (dynamic === undefined) return []
  const tags = Array.from({ length: dynamic.size / 16 }, (_, index) => ({
    tag: file.readBigUInt64LE(dynamic.offset + index * 16),
    value: Number(file.readBigUInt64LE(dynamic.offset + index * 16 + 8)),
  }))
  const strings = tags.find(({ tag }) => tag === TAG_STRINGS)?.value ?? 0
  const holder = headers.find(
    ({ type, address, size }) =>
      type === PROGRAM_LOAD && strings >= address && strings < address + size,
  )
  if (holder === undefined) return []
  const table = strings - holder.address + holder.offset
  return tags
    .filter(({ tag }) => tag === TAG_NEEDED)
    .map(({ value }) => {
      const start = table + value
      return file.toString('latin1', start, file.indexOf(0, start))
    })
}
