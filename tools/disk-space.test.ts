import { describe, expect, it } from 'vitest'
import { requireSpace } from './disk-space.mjs'

const disk = (megabytes: number) => () => ({ bavail: megabytes * 256, bsize: 4096 })

describe('requireSpace', () => {
  it('says how much is free and how much is needed', () => {
    expect(() => requireSpace('/data', disk(12))).toThrow(
      'The disk of /data is full: 12 MB are free, 1024 MB are needed.',
    )
  })
  it('is content with a gigabyte', () => {
    expect(() => requireSpace('/data', disk(1024))).not.toThrow()
  })
})
