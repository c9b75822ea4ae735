import { expect, it } from 'vitest'
import { wantWholePictures } from './want-whole-pictures.ts'

/** As in an MCS Connect-Initial: the client's blocks begin behind "Duca" and their length. */
function connectInitial(lengthBytes: number): Buffer {
  const block = Buffer.alloc(216)
  block.writeUInt16LE(0xc001, 0)
  block.writeUInt16LE(216, 2)
  block.writeUInt16LE(0x0829, 144)
  return Buffer.concat([Buffer.from('0300 Duca'), Buffer.alloc(lengthBytes, 0x81), block])
}

it.each([1, 2])('adds the wish for 32 bits; %d bytes of length', (lengthBytes) => {
  const bytes = connectInitial(lengthBytes)
  expect(wantWholePictures(bytes)).toBe(true)
  expect(bytes.readUInt16LE(9 + lengthBytes + 144)).toBe(0x082b)
})

it('leaves other messages alone', () => {
  const bytes = Buffer.from('0300 Duca and too little')
  expect(wantWholePictures(bytes)).toBe(false)
  expect(bytes.toString()).toBe('0300 Duca and too little')
})
