import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from '../run-program.ts'

/** A Debian package as apt knows it. */
export interface DebianPackage {
  name: string
  version: string
}

const KERNEL = 'linux-image-cloud-amd64'

/**
 * The packages that the guest is made of. They are downloaded and unpacked, not installed: a
 * kernel package would change the machine's own boot loader.
 */
export async function resolvePackages(): Promise<DebianPackage[]> {
  const kernel = await dependencyOf(KERNEL, /^linux-image-[0-9]/)
  const names = [kernel, 'busybox-static']
  return Promise.all(names.map(async (name) => ({ name, version: await candidateOf(name) })))
}

async function dependencyOf(name: string, pattern: RegExp): Promise<string> {
  const shown = await aptCache(['depends', '--no-recommends', '--no-suggests', name])
  const found = [...shown.matchAll(/^\s*Depends: (\S+)/gm)].map((match) => match[1] ?? '')
  const dependency = found.find((candidate) => pattern.test(candidate))
  if (dependency === undefined) throw new Error(`apt knows no package ${name}`)
  return dependency
}

async function candidateOf(name: string): Promise<string> {
  const version = /Candidate: (\S+)/.exec(await aptCache(['policy', name]))?.[1]
  if (version === undefined || version === '(none)') {
    throw new Error(`apt knows no package ${name}`)
  }
  return version
}

async function aptCache(args: string[]): Promise<string> {
  return (await runProgram('apt-cache', args)).toString('utf8')
}

/** Fetches apt's package lists if there are none, as in fresh containers. */
export async function ensurePackageLists(): Promise<void> {
  try {
    await candidateOf(KERNEL)
  } catch {
    await runProgram('apt-get', ['update', '-qq'])
  }
}

/** Downloads a package and unpacks its files into `directory`. */
export async function unpackPackage(
  { name, version }: DebianPackage,
  directory: string,
): Promise<void> {
  const downloads = join(directory, '.download')
  await mkdir(downloads, { recursive: true })
  await runProgram('apt-get', ['download', '-qq', `${name}=${version}`], { cwd: downloads })
  for (const file of await readdir(downloads)) {
    const path = join(downloads, file)
    if ((await stat(path)).isFile()) await runProgram('dpkg-deb', ['-x', path, directory])
  }
  await rm(downloads, { recursive: true })
}
