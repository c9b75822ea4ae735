import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bootSectors } from './boot-sector.ts'

const MBR = '/usr/lib/syslinux/mbr/mbr.bin'

test.skipIf(!existsSync(MBR))(
  'three sectors share a partition table and differ in what they boot',
  async () => {
    const partitions = [0, 1, 2].map((index) => ({
      type: 0x83,
      start: (index + 1) * 1024 * 1024,
      size: 1024 * 1024,
    }))
    const bytes = await bootSectors({ partitions, usual: 0, otherHardware: 2 })
    const sectors = [0, 512, 1024].map((start) => bytes.subarray(start, start + 512))
    for (const sector of sectors) {
      expect(sector.readUInt16LE(510)).toBe(0xaa55)
      expect(sector.readUInt32LE(446 + 16 + 8)).toBe(4096)
      expect(sector.readUInt32LE(446 + 16 + 12)).toBe(2048)
    }
    const active = sectors.map((sector) => [0, 1, 2].map((index) => sector[446 + index * 16]))
    expect(active).toEqual([
      [0x80, 0, 0],
      [0x80, 0, 0],
      [0, 0, 0x80],
    ])
    // The selector's table of hardware starts where its code says.
    expect(bytes.subarray(0x76, 0x7a).toString('hex')).toBe('86800e10')
  },
)
