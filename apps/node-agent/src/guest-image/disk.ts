import { mkdir, open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from '../run-program.ts'
import { bootSectors, SECTOR, type Partition } from './boot-sector.ts'

/** What the sample guest consists of. */
export interface GuestParts {
  kernel: Buffer
  /** The whole system, with the modules for the kernel. */
  initrd: Buffer
}

export interface DiskSources {
  /** What most guests boot. */
  usual: GuestParts
  /** For guests with SATA, USB or emulated network cards. */
  otherHardware: GuestParts
  /** Directory that becomes the file system of the guest agent and the SSH server. */
  services: string
  /** Work directory for the parts. */
  directory: string
}

const MIB = 1024 * 1024
const FAT = 0x0e
const LINUX = 0x83
const DATA_SIZE = 16 * MIB

export const KERNEL_ARGUMENTS =
  'console=tty0 console=ttyS0,115200 quiet loglevel=3 panic=5 nokaslr mitigations=off tsc=reliable no_timer_check'

const SYSLINUX_CONFIG = `SERIAL 0 115200
DEFAULT tiny
PROMPT 0
LABEL tiny
  KERNEL vmlinuz.efi
  INITRD initrd.gz
  APPEND ${KERNEL_ARGUMENTS}
`

/** What the shell of UEFI firmware runs when it finds nothing else; the kernel is a program to it. */
const SHELL_SCRIPT = `fs0:\r\nvmlinuz.efi initrd=\\initrd.gz ${KERNEL_ARGUMENTS}\r\n`

/**
 * Makes a disk that a BIOS boots: kernel and initramfs on a FAT partition, where SYSLINUX finds
 * them; an ext4 partition for what the guest keeps; a second kernel; and the services. Every step
 * works on plain files: no root, no loop device.
 */
export async function buildDisk(sources: DiskSources): Promise<string> {
  const { usual, otherHardware, services, directory } = sources
  await mkdir(directory, { recursive: true })
  const disk = join(directory, 'disk.img')
  await rm(disk, { force: true })
  const partitions = laidOut([
    { type: FAT, size: bootSize(usual) },
    { type: LINUX, size: DATA_SIZE },
    { type: FAT, size: bootSize(otherHardware) },
    { type: LINUX, size: DATA_SIZE },
  ])
  const [usualPart, dataPart, otherPart, servicesPart] = partitions
  await writeFile(disk, await bootSectors({ partitions, usual: 0, otherHardware: 2 }))
  await truncate(disk, MIB + partitions.reduce((sum, { size }) => sum + size, 0))
  await writeBoot({ disk, directory, files: usual, partition: usualPart })
  await writeBoot({ disk, directory, files: otherHardware, partition: otherPart })
  await writeExt4({ disk, directory, partition: dataPart, label: 'data' })
  await writeExt4({ disk, directory, partition: servicesPart, label: 'services', services })
  return disk
}

const bootSize = ({ kernel, initrd }: GuestParts): number =>
  Math.ceil((kernel.length + initrd.length) / MIB + 3) * MIB

type Four<T> = [T, T, T, T]

function laidOut(wanted: Four<Omit<Partition, 'start'>>): Four<Partition> {
  let end = MIB
  return wanted.map((partition) => {
    const start = end
    end += partition.size
    return { ...partition, start }
  }) as Four<Partition>
}

interface BootPartition {
  disk: string
  directory: string
  files: GuestParts
  partition: Partition
}

async function writeBoot({ disk, directory, files, partition }: BootPartition): Promise<void> {
  const { start, size } = partition
  const contents = {
    'vmlinuz.efi': files.kernel,
    'initrd.gz': files.initrd,
    'syslinux.cfg': SYSLINUX_CONFIG,
    'startup.nsh': SHELL_SCRIPT,
  }
  for (const [name, content] of Object.entries(contents)) {
    await writeFile(join(directory, name), content)
  }
  const target = `${disk}@@${start}`
  const geometry = ['-h', '16', '-s', '63', '-H', String(start / SECTOR)]
  const total = ['-T', String(size / SECTOR)]
  await runProgram('mformat', ['-i', target, '-v', 'TINY', ...geometry, ...total, '::'])
  await runProgram('mcopy', ['-i', target, ...Object.keys(contents), '::'], { cwd: directory })
  await runProgram('syslinux', ['--install', '--offset', String(start), disk])
}

interface LinuxPartition {
  disk: string
  directory: string
  partition: Partition
  label: string
  services?: string
}

async function writeExt4(options: LinuxPartition): Promise<void> {
  const { disk, directory, partition, label, services } = options
  const image = join(directory, `${label}.img`)
  await rm(image, { force: true })
  // What is only read needs no journal.
  const features = services === undefined ? '^metadata_csum' : '^metadata_csum,^has_journal'
  const content = services === undefined ? [] : ['-d', services]
  const settings = ['-q', '-F', '-L', label, '-O', features, '-m', '0', ...content]
  await runProgram('mkfs.ext4', [...settings, image, `${partition.size / 1024}k`])
  const file = await open(disk, 'r+')
  try {
    await file.write(await readFile(image), 0, partition.size, partition.start)
  } finally {
    await file.close()
  }
}
