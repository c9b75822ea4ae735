import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ImageStore } from '../disks/image-store.ts'
import { runProgram } from '../run-program.ts'
import {
  ensurePackageLists,
  resolvePackages,
  unpackPackage,
  type DebianPackage,
} from './debian-packages.ts'
import { buildDisk, type GuestParts } from './disk.ts'
import { buildInitrd } from './initrd.ts'
import { writeNetbootFiles } from './netboot.ts'

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
  report('Building the sample guest from Debian packages …')
  await ensurePackageLists()
  const packages = await resolvePackages()
  await mkdir(dataDirectory, { recursive: true })
  const work = await mkdtemp(join(dataDirectory, 'guest-image-'))
  try {
    const parts = await buildParts(packages, work, report)
    await writeNetbootFiles(dataDirectory, parts)
    const disk = await compressedDisk(parts, work)
    const versions = packages.map(({ name, version }) => `${name}=${version}`).join(' ')
    await store.add({
      reference: SAMPLE_IMAGE,
      disk,
      format: 'qcow2',
      labels: { sources, packages: versions },
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  report(`Sample guest is ready (${SAMPLE_IMAGE})`)
}

async function buildParts(
  packages: DebianPackage[],
  work: string,
  report: BuildOptions['report'],
): Promise<GuestParts> {
  const unpacked = join(work, 'packages')
  for (const debianPackage of packages) {
    report(`Downloading ${debianPackage.name} ${debianPackage.version}`)
    await unpackPackage(debianPackage, unpacked)
  }
  const kernels = await readdir(join(unpacked, 'boot'))
  const kernel = kernels.find((name) => name.startsWith('vmlinuz-'))
  if (kernel === undefined) throw new Error('the kernel package has no kernel')
  report('Packing the initramfs')
  return {
    kernel: await readFile(join(unpacked, 'boot', kernel)),
    initrd: await buildInitrd({ unpacked, rootfs: ROOTFS }),
  }
}

async function compressedDisk(parts: GuestParts, work: string): Promise<string> {
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
