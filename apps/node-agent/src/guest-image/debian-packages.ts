import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from '../run-program.ts'

/** A Debian package as apt knows it. */
export interface DebianPackage {
  name: string
  version: string
}

/** What the guest is made of. */
export interface GuestPackages {
  /** Debian's kernel for virtual machines: quickly unpacked, with drivers for virtio only. */
  cloudKernel: DebianPackage
  /** Debian's ordinary kernel: three seconds slower, with drivers for everything else. */
  kernel: DebianPackage
  busybox: DebianPackage
  /** Guest agent, SSH server and its SFTP, with the libraries that they need. */
  services: DebianPackage[]
}

const CLOUD_KERNEL = 'linux-image-cloud-amd64'
const KERNEL = 'linux-image-amd64'
const BUSYBOX = 'busybox-static'
const SERVICES = ['qemu-guest-agent', 'dropbear-bin', 'openssh-sftp-server']

/**
 * The packages are downloaded and unpacked, not installed: a kernel package would change the
 * machine's own boot loader.
 */
export async function resolvePackages(): Promise<GuestPackages> {
  const dependencies = await dependenciesOf([CLOUD_KERNEL, KERNEL])
  const image = (name: string) => {
    const found = dependencies.get(name)?.find((one) => /^linux-image-[0-9]/.test(one))
    if (found === undefined) throw new Error(`apt knows no package ${name}`)
    return found
  }
  const services = await withLibraries(SERVICES)
  const names = [image(CLOUD_KERNEL), image(KERNEL), BUSYBOX, ...services]
  const versions = await candidatesOf(names)
  const packageOf = (name: string): DebianPackage => {
    const version = versions.get(name)
    if (version === undefined) throw new Error(`apt knows no package ${name}`)
    return { name, version }
  }
  return {
    cloudKernel: packageOf(image(CLOUD_KERNEL)),
    kernel: packageOf(image(KERNEL)),
    busybox: packageOf(BUSYBOX),
    services: services.map(packageOf),
  }
}

export function allPackages(packages: GuestPackages): DebianPackage[] {
  const { cloudKernel, kernel, busybox, services } = packages
  return [cloudKernel, kernel, busybox, ...services]
}

/** The packages and, through any number of steps, the libraries that they depend on. */
async function withLibraries(names: string[]): Promise<string[]> {
  const found = new Set(names)
  let fresh = names
  // Each call of apt-cache reads all package lists: so few calls.
  while (fresh.length > 0) {
    const dependencies = [...(await dependenciesOf(fresh)).values()].flat()
    const libraries = dependencies.filter((name) => /^(lib|zlib).*(?<!-perl)$/.test(name))
    fresh = [...new Set(libraries)].filter((name) => !found.has(name))
    for (const name of fresh) found.add(name)
  }
  return [...found]
}

async function dependenciesOf(names: string[]): Promise<Map<string, string[]>> {
  const options = ['--no-recommends', '--no-suggests']
  const shown = await aptCache(['depends', ...options, ...names])
  const result = new Map<string, string[]>()
  let current: string[] = []
  for (const line of shown.split('\n')) {
    const dependency = /^\s+\|?(?:Pre)?Depends: (\S+)/.exec(line)?.[1]
    if (dependency !== undefined) current.push(dependency)
    else if (/^\S/.test(line)) result.set(line.trim(), (current = []))
  }
  return result
}

async function candidatesOf(names: string[]): Promise<Map<string, string>> {
  const shown = await aptCache(['policy', ...names])
  const found = shown.matchAll(/^(\S+):\n[^]*?Candidate: (\S+)/gm)
  const versions = [...found].map(([, name = '', version = '']) => [name, version] as const)
  return new Map(versions.filter(([, version]) => version !== '(none)'))
}

async function aptCache(args: string[]): Promise<string> {
  return (await runProgram('apt-cache', args)).toString('utf8')
}

/** Fetches apt's package lists if there are none, as in fresh containers. */
export async function ensurePackageLists(): Promise<void> {
  if ((await candidatesOf([CLOUD_KERNEL])).size > 0) return
  await runProgram('apt-get', ['update', '-qq'])
}

/** Downloads packages; returns the files. */
export async function downloadPackages(
  packages: DebianPackage[],
  directory: string,
): Promise<Map<string, string>> {
  await mkdir(directory, { recursive: true })
  const wanted = packages.map(({ name, version }) => `${name}=${version}`)
  await runProgram('apt-get', ['download', '-qq', ...wanted], { cwd: directory })
  const files = await readdir(directory)
  return new Map(
    packages.map(({ name }) => {
      const file = files.find((candidate) => candidate.startsWith(`${name}_`))
      if (file === undefined) throw new Error(`apt did not download ${name}`)
      return [name, join(directory, file)]
    }),
  )
}

export async function unpackPackage(file: string, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  await runProgram('dpkg-deb', ['-x', file, directory])
}
