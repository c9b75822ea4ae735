import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { loadSessionKey } from './session-key.ts'

async function keyFile(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'virtdeck-key-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return join(directory, 'session-key')
}

it('is made once, for its owner only, and the same from then on', async () => {
  const file = await keyFile()
  const [first, second] = await Promise.all([loadSessionKey(file), loadSessionKey(file)])
  expect(first).toHaveLength(32)
  expect(second).toEqual(first)
  expect(await loadSessionKey(file)).toEqual(first)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

it('differs with every start without a file', async () => {
  expect(await loadSessionKey(undefined)).not.toEqual(await loadSessionKey(undefined))
})

it('says what to do when it is damaged', async () => {
  const file = await keyFile()
  await writeFile(file, 'short')
  await expect(loadSessionKey(file)).rejects.toThrow(/damaged; delete it/)
})
