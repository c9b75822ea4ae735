import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { copyDisk } from './sparse-copy.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'virtdeck-copy-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

test('a copy has the same bytes, may be larger, and holes take no room', async () => {
  const source = join(directory, 'source')
  const target = join(directory, 'target')
  const data = Buffer.alloc(3 * 1024 * 1024 + 17, 'x')
  await writeFile(source, data)
  await truncate(source, 64 * 1024 * 1024)
  await copyDisk(source, target, 80 * 1024 * 1024)
  const copied = await readFile(target)
  expect(copied.subarray(0, data.length).equals(data)).toBe(true)
  expect(copied.subarray(data.length).every((byte) => byte === 0)).toBe(true)
  const { size, blocks } = await stat(target)
  expect(size).toBe(80 * 1024 * 1024)
  expect(blocks * 512).toBeLessThan(16 * 1024 * 1024)
})

test('a copy that fails leaves nothing behind', async () => {
  const target = join(directory, 'target')
  await expect(copyDisk(join(directory, 'missing'), target, 0)).rejects.toThrow('ENOENT')
  await expect(stat(target)).rejects.toThrow('ENOENT')
  await expect(stat(`${target}.copy`)).rejects.toThrow('ENOENT')
})
