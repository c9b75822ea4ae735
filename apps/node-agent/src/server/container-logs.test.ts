import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lastLines, readContainerLog } from './container-logs.ts'

test.each([
  ['a\nb\nc\n', undefined, 'a\nb\nc\n'],
  ['a\nb\nc\n', 2, 'b\nc\n'],
  ['a\nb\nc', 1, 'c'],
  ['a\nb\nc\n', 3, 'a\nb\nc\n'],
  ['a\nb\nc\n', 9, 'a\nb\nc\n'],
  ['\nb\n', 1, 'b\n'],
  ['\nb\n', 2, '\nb\n'],
  ['a\n', 0, ''],
  ['', 5, ''],
])('the last lines of %j: %s', (text, count, expected) => {
  expect(lastLines(Buffer.from(text), count).toString()).toBe(expected)
})

test('a log is followed until its reader goes', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'logs-'))
  await writeFile(join(directory, 'serial.log'), 'one\n')
  const gone = new AbortController()
  const log = readContainerLog({
    directory,
    container: 'guest-console-log',
    follow: true,
    tailLines: undefined,
    signal: gone.signal,
  })
  expect((await log.next()).value?.toString()).toBe('one\n')
  const next = log.next()
  await appendFile(join(directory, 'serial.log'), 'two\n')
  expect((await next).value?.toString()).toBe('two\n')
  const last = log.next()
  gone.abort()
  expect((await last).done).toBe(true)
  await rm(directory, { recursive: true })
})
