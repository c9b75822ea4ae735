import { readFile } from 'node:fs/promises'

export const SECTOR = 512

/** A primary partition, in bytes. */
export interface Partition {
  /** As in partition tables: 0x0e is FAT, 0x83 Linux. */
  type: number
  start: number
  size: number
}

const MASTER_BOOT_RECORD = '/usr/lib/syslinux/mbr/mbr.bin'

/**
 * Real-mode code that asks the PCI BIOS for hardware and goes on with the boot record in sector
 * 2 where it finds some, else with the one in sector 1:
 *
 *     cli; xor ax,ax; mov ss,ax; mov sp,0x7c00; mov ds,ax; mov es,ax; sti; cld; push dx
 *     mov si,0x7c00; mov di,0x600; mov cx,0x100; rep movsw; ljmp 0:0x61f     ; out of the way
 *     mov bp,devices                                                         ; 0x61f
 *     device:  mov dx,[bp]; or dx,dx; jz classes; mov cx,[bp+2]; xor si,si
 *              mov ax,0xb102; int 0x1a; jnc found; add bp,4; jmp device      ; find a device
 *     classes: inc bp; inc bp
 *     class:   mov ecx,[bp]; or ecx,ecx; jz load; xor si,si
 *              mov ax,0xb103; int 0x1a; jnc found; add bp,4; jmp class       ; find a class
 *     found:   inc byte [packet+8]
 *     load:    pop dx; mov si,packet; mov ah,0x42; int 0x13; jc $; ljmp 0:0x7c00
 *     packet:  db 16,0; dw 1, 0x7c00, 0; dq 1                                ; what to read
 *     devices: …
 */
const SELECTOR = Buffer.from(
  [
    'fa31c08ed0bc007c8ed88ec0fbfc52be007cbf0006b90001f3a5ea1f060000',
    'bd76068b560009d274118b4e0231f6b802b1cd1a731e83c504ebe8',
    '4545668b4e006609c9741231f6b803b1cd1a730583c504ebe9',
    'fe066e065abe6606b442cd1372feea007c0000',
    '10000100007c00000100000000000000',
  ].join(''),
  'hex',
)

/** Network cards (vendor, device) that the quick kernel has no driver for: e1000, e1000e, rtl8139. */
const DEVICES = [
  [0x8086, 0x100e],
  [0x8086, 0x10d3],
  [0x10ec, 0x8139],
] as const

/** AHCI; UHCI, EHCI and XHCI. */
const CLASSES = [0x01_06_01, 0x0c_03_00, 0x0c_03_20, 0x0c_03_30]

export interface BootSectorOptions {
  partitions: Partition[]
  /** Number of the partition to boot, from 0. */
  usual: number
  /** The one to boot with hardware that the usual one's kernel cannot drive. */
  otherHardware: number
}

/** The first three sectors of the disk, and its partition table. */
export async function bootSectors(options: BootSectorOptions): Promise<Buffer> {
  const { partitions, usual, otherHardware } = options
  const code = await readFile(MASTER_BOOT_RECORD).catch(() => {
    throw new Error(`${MASTER_BOOT_RECORD} is missing: install the package syslinux-common`)
  })
  return Buffer.concat([
    sector(selector(), partitions, usual),
    sector(code, partitions, usual),
    sector(code, partitions, otherHardware),
  ])
}

function selector(): Buffer {
  const table = Buffer.alloc(DEVICES.length * 4 + 2 + CLASSES.length * 4 + 4)
  DEVICES.forEach(([vendor, device], index) => {
    table.writeUInt16LE(vendor, index * 4)
    table.writeUInt16LE(device, index * 4 + 2)
  })
  const classes = DEVICES.length * 4 + 2
  CLASSES.forEach((code, index) => table.writeUInt32LE(code, classes + index * 4))
  return Buffer.concat([SELECTOR, table])
}

function sector(code: Buffer, partitions: Partition[], active: number): Buffer {
  const bytes = Buffer.alloc(SECTOR)
  code.copy(bytes, 0, 0, 440)
  partitions.forEach(({ type, start, size }, index) => {
    const offset = 446 + index * 16
    // Cylinder, head and sector are not used with LBA: their highest values say so.
    bytes.fill(0xff, offset + 1, offset + 8)
    bytes[offset] = index === active ? 0x80 : 0
    bytes[offset + 4] = type
    bytes.writeUInt32LE(start / SECTOR, offset + 8)
    bytes.writeUInt32LE(size / SECTOR, offset + 12)
  })
  bytes.writeUInt16LE(0xaa55, 510)
  return bytes
}
