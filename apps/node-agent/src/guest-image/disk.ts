import { mkdir, open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from '../run-program.ts'

/** What the sample guest consists of. */
export interface GuestParts {
  kernel: Buffer
  /** The whole system. */
  initrd: Buffer
}

export interface DiskSources extends GuestParts {
  /** Work directory for the parts. */
  directory: string
}

const MIB = 1024 * 1024
const SECTOR = 512
/** Partition 1 starts here: kernel and initramfs on FAT, where SYSLINUX finds them. */
const BOOT_START = 1 * MIB
const DATA_SIZE = 16 * MIB
const MASTER_BOOT_RECORD = '/usr/lib/syslinux/mbr/mbr.bin'

export const KERNEL_ARGUMENTS =
  'console=tty0 console=ttyS0,115200 quiet loglevel=3 panic=5 nokaslr mitigations=off tsc=reliable no_timer_check'

const SYSLINUX_CONFIG = `SERIAL 0 115200
DEFAULT tiny
PROMPT 0
LABEL tiny
  KERNEL vmlinuz
  INITRD initrd.gz
  APPEND ${KERNEL_ARGUMENTS}
`

/**
 * Makes a disk that a BIOS boots: a master boot record, SYSLINUX on a FAT partition, and an ext4
 * partition for what the guest keeps. Every step works on plain files: no root, no loop device.
 */
export async function buildDisk(sources: DiskSources): Promise<string> {
  const { kernel, initrd, directory } = sources
  await mkdir(directory, { recursive: true })
  const disk = join(directory, 'disk.img')
  await rm(disk, { force: true })
  const bootSize = Math.ceil((kernel.length + initrd.length) / MIB + 3) * MIB
  const dataStart = BOOT_START + bootSize
  await writeFile(disk, await masterBootRecord({ bootSize, dataStart }))
  await truncate(disk, dataStart + DATA_SIZE)

  const files = { vmlinuz: kernel, 'initrd.gz': initrd, 'syslinux.cfg': SYSLINUX_CONFIG }
  const names = Object.keys(files)
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(directory, name), content)
  }
  const partition = `${disk}@@${BOOT_START}`
  const geometry = ['-h', '16', '-s', '63', '-H', String(BOOT_START / SECTOR)]
  const total = ['-T', String(bootSize / SECTOR)]
  await runProgram('mformat', ['-i', partition, '-v', 'TINY', ...geometry, ...total, '::'])
  await runProgram('mcopy', ['-i', partition, ...names, '::'], { cwd: directory })
  await runProgram('syslinux', ['--install', '--offset', String(BOOT_START), disk])
  await formatDataPartition(directory, disk, dataStart)
  return disk
}

async function formatDataPartition(directory: string, disk: string, start: number) {
  const data = join(directory, 'data.img')
  await rm(data, { force: true })
  const options = ['-q', '-F', '-L', 'data', '-O', '^metadata_csum', '-m', '0']
  await runProgram('mkfs.ext4', [...options, data, `${DATA_SIZE / 1024}k`])
  const file = await open(disk, 'r+')
  try {
    await file.write(await readFile(data), 0, DATA_SIZE, start)
  } finally {
    await file.close()
  }
}

/** SYSLINUX's boot code with a table of two primary partitions. */
async function masterBootRecord(layout: {
  bootSize: number
  dataStart: number
}): Promise<Buffer> {
  const sector = Buffer.alloc(SECTOR)
  const code = await readFile(MASTER_BOOT_RECORD).catch(() => {
    throw new Error(`${MASTER_BOOT_RECORD} is missing: install the package syslinux-common`)
  })
  code.copy(sector, 0, 0, 440)
  const entry = (index: number, fields: { type: number; start: number; size: number }) => {
    const offset = 446 + index * 16
    // Cylinder, head and sector are not used with LBA: their highest values say so.
    sector.fill(0xff, offset + 1, offset + 8)
    sector[offset] = index === 0 ? 0x80 : 0
    sector[offset + 4] = fields.type
    sector.writeUInt32LE(fields.start / SECTOR, offset + 8)
    sector.writeUInt32LE(fields.size / SECTOR, offset + 12)
  }
  entry(0, { type: 0x0e, start: BOOT_START, size: layout.bootSize })
  entry(1, { type: 0x83, start: layout.dataStart, size: DATA_SIZE })
  sector.writeUInt16LE(0xaa55, 510)
  return sector
}
