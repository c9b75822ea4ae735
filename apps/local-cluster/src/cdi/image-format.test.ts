import { describe, expect, it } from 'vitest'
import { compressionOf, imageFormatOf, isText } from './image-format.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

describe('what a downloaded file is', () => {
  it.each([
    ['QFI\xfb\0\0\0\x03', 'qcow2'],
    ['KDMV\x01', 'vmdk'],
    ['vhdxfile', 'vhdx'],
    ['conectix', 'vpc'],
    ['<<< Oracle VM VirtualBox Disk Image >>>', 'vdi'],
    ['\xeb\x3c\x90MSDOS5.0', 'raw'],
    ['', 'raw'],
  ])('%j is %s', (header, format) => expect(imageFormatOf(bytes(header))).toBe(format))

  it.each([
    ['\x1f\x8b\x08', 'gz'],
    ['\xfd7zXZ\0', 'xz'],
    ['QFI\xfb', 'none'],
  ])('%j is compressed with %s', (header, compression) => {
    expect(compressionOf(bytes(header))).toBe(compression)
  })

  it.each([
    ['<!doctype html><title>Not found</title>\n', true],
    ['\xeb\x3c\x90', true],
    ['\xeb\x3c\x90\0', false],
    ['\0\0\0\0', false],
    ['', false],
  ])('%j is text: %s', (header, expected) => expect(isText(bytes(header))).toBe(expected))
})
