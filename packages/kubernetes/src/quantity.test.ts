import { describe, expect, it } from 'vitest'
import { bytesToQuantity, formatByteQuantity, formatBytes, parseQuantity } from './quantity.ts'

describe('parseQuantity', () => {
  it.each([
    ['0', 0],
    ['128Mi', 128 * 1024 ** 2],
    ['1.5Gi', 1.5 * 1024 ** 3],
    ['2G', 2e9],
    ['100m', 0.1],
    ['250u', 0.00025],
    ['1e3', 1000],
    ['12E', 12e18],
    [3, 3],
    ['-1', -1],
  ])('reads %s', (quantity, value) => {
    expect(parseQuantity(quantity)).toBeCloseTo(value, 10)
  })

  it.each(['', 'lots', '1 Gi', '1gi', 'Mi', '1.2.3', '0x10'])('refuses "%s"', (quantity) => {
    expect(parseQuantity(quantity)).toBeUndefined()
  })
})

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1.5 * 1024 ** 3, '1.5 GiB'],
    [128 * 1024 ** 2, '128 MiB'],
  ])('writes %s as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))
})

describe('formatByteQuantity', () => {
  it.each([
    ['64Mi', '64 MiB'],
    ['1536Mi', '1.5 GiB'],
    ['lots', 'lots'],
    [undefined, undefined],
  ])('writes %s as %s', (quantity, text) => expect(formatByteQuantity(quantity)).toBe(text))
})

describe('bytesToQuantity', () => {
  it.each([
    [2 * 1024 ** 3, '2Gi'],
    [1536 * 1024 ** 2, '1536Mi'],
    [1000, '1000'],
  ])('writes %s as %s', (bytes, text) => expect(bytesToQuantity(bytes)).toBe(text))
})
