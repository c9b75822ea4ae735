import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ImageStore } from '../disks/image-store.ts'
import { runProgram } from '../run-program.ts'
import { findBuilt, keepBuilt, type BuiltGuest } from './cache.ts'
import {
  allPackages,
  downloadPackages,
  ensurePackageLists,
  resolvePackages,
  unpackPackage,
  type DebianPackage,
  type GuestPackages,
} from './debian-packages.ts'
import { buildDisk, type DiskSources, type GuestParts } from './disk.ts'
import { buildInitrd } from './initrd.ts'
import { writeNetbootFiles } from './netboot.ts'
import { collectPrograms } from './shared-libraries.ts'

export interface BuildOptions {
  dataDirectory: string
  report: (line: string) => void
}

/** The name under which the sample guest is used as a container disk. */
export const SAMPLE_IMAGE = 'localhost/virtdeck/tiny-linux:latest'

/**
 * Builds the sample guest from Debian's kernel and busybox into the container disk store.
 * Nothing happens when it is there already, made from the same packages and sources.
 */
export async function buildSampleGuest({ dataDirectory, report }: BuildOptions): Promise<void> {
  const store = new ImageStore(join(dataDirectory, 'images'))
  const sources = await sourcesHash()
  const present = await store.find(SAMPLE_IMAGE)
  if (present?.labels['sources'] === sources) {
    report(`Sample guest is up to date (${SAMPLE_IMAGE})`)
    return
  }
  await mkdir(dataDirectory, { recursive: true })
  const work = await mkdtemp(join(dataDirectory, 'guest-image-'))
  try {
    const built = (await findBuilt(sources)) ?? (await build({ work, sources, report }))
    const disk = join(work, 'sample.qcow2')
    await copyFile(built.disk, disk, constants.COPYFILE_FICLONE)
    await cp(built.netboot, join(dataDirectory, 'netboot'), { recursive: true })
    const { packages } = built
    const labels = { sources, packages }
    await store.add({ reference: SAMPLE_IMAGE, disk, format: 'qcow2', labels })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  report(`Sample guest is ready (${SAMPLE_IMAGE})`)
}

async function build(options: {
  work: string
  sources: string
  report: BuildOptions['report']
}): Promise<BuiltGuest> {
  const { work, sources, report } = options
  report('Building the sample guest from Debian packages …')
  await ensurePackageLists()
  const packages = await resolvePackages()
  const parts = await buildParts(packages, work, report)
  await writeNetbootFiles(work, parts.usual)
  report('Packing the boot disk')
  const built = {
    disk: await compressedDisk(parts, work),
    packages: allPackages(packages)
      .map(({ name, version }) => `${name}=${version}`)
      .join(' '),
    netboot: join(work, 'netboot'),
  }
  await keepBuilt(sources, built)
  return built
}

type Parts = Omit<DiskSources, 'directory'>

async function buildParts(
  packages: GuestPackages,
  work: string,
  report: BuildOptions['report'],
): Promise<Parts> {
  const all = allPackages(packages)
  const { cloudKernel, kernel: otherKernel } = packages
  report(`Downloading ${all.length} packages (${cloudKernel.name}, ${otherKernel.name}, …)`)
  const files = await downloadPackages(all, join(work, 'downloads'))
  const unpack = async (folder: string, wanted: DebianPackage[]) => {
    const directory = join(work, folder)
    for (const { name } of wanted) await unpackPackage(files.get(name) ?? '', directory)
    return directory
  }
  const busybox = await unpack('busybox', [packages.busybox])
  const guestParts = async (folder: string, kernelPackage: DebianPackage) => {
    const kernel = await unpack(folder, [kernelPackage])
    const names = await readdir(join(kernel, 'boot'))
    const name = names.find((candidate) => candidate.startsWith('vmlinuz-'))
    if (name === undefined) throw new Error('the kernel package has no kernel')
    const initrd = await buildInitrd({ kernel, busybox, rootfs: ROOTFS })
    return { kernel: await readFile(join(kernel, 'boot', name)), initrd } satisfies GuestParts
  }
  const usual = await guestParts('cloud-kernel', cloudKernel)
  const otherHardware = await guestParts('kernel', otherKernel)
  const services = join(work, 'services')
  await collectPrograms(await unpack('packages', packages.services), PROGRAMS, services)
  return { usual, otherHardware, services }
}

const PROGRAMS = ['usr/sbin/qemu-ga', 'usr/sbin/dropbear', 'usr/lib/openssh/sftp-server']

async function compressedDisk(parts: Parts, work: string): Promise<string> {
  const disk = await buildDisk({ ...parts, directory: join(work, 'disk') })
  const compressed = join(work, 'disk.qcow2')
  await runProgram('qemu-img', ['convert', '-c', '-O', 'qcow2', disk, compressed])
  return compressed
}

const ROOTFS = join(import.meta.dirname, 'rootfs')

/** Changes when this folder changes; a newer kernel alone is no reason to rebuild at start. */
async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256')
  const entries = await readdir(import.meta.dirname, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.toSorted()) {
    hash.update(file.slice(import.meta.dirname.length)).update(await readFile(file))
  }
  return hash.digest('hex')
}
