import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RotatedLog } from '../displays/rotated-log.ts'
import {
  logSelectionOf,
  readContainerLog,
  select,
  type LogSelection,
} from './container-logs.ts'
import { splitLines, Timestamps } from './log-lines.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'logs-'))
})
afterEach(async () => {
  await rm(directory, { recursive: true, force: true })
})

async function read(container: string, selection: Partial<LogSelection> = {}): Promise<string> {
  const log = readContainerLog({
    directory,
    container,
    selection: { follow: false, timestamps: false, ...selection },
    ended: () => true,
    signal: new AbortController().signal,
  })
  const chunks: Buffer[] = []
  for await (const chunk of log) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

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
])('the last lines of %j: %s', (content, tailLines, expected) => {
  const lines = splitLines(Buffer.from(content)).map((text) => ({ at: 0, text }))
  const selected = select(lines, { tailLines, since: undefined })
  expect(Buffer.concat(selected.map(({ text }) => text)).toString()).toBe(expected)
})

test('a log is followed until its reader goes', async () => {
  await writeFile(join(directory, 'serial.log'), 'one\n')
  const gone = new AbortController()
  const log = readContainerLog({
    directory,
    container: 'guest-console-log',
    selection: { follow: true, timestamps: false },
    ended: () => false,
    signal: gone.signal,
  })
  expect((await log.next()).value?.toString()).toBe('one\n')
  const next = log.next()
  await appendFile(join(directory, 'serial.log'), 'two\n')
  expect((await next).value?.toString()).toBe('two\n')
  const last = log.next()
  gone.abort()
  expect((await last).done).toBe(true)
})

test('the end of the container ends its followed log, whose last words are heard', async () => {
  await writeFile(join(directory, 'serial.log'), 'one\n')
  let ended = false
  const log = readContainerLog({
    directory,
    container: 'guest-console-log',
    selection: { follow: true, timestamps: false },
    ended: () => ended,
    signal: new AbortController().signal,
  })
  expect((await log.next()).value?.toString()).toBe('one\n')
  await appendFile(join(directory, 'serial.log'), 'bye\n')
  ended = true
  expect((await log.next()).value?.toString()).toBe('bye\n')
  expect((await log.next()).done).toBe(true)
})

test('what was written is found by its time', async () => {
  const log = new RotatedLog(join(directory, 'serial.log'))
  const before = Date.now()
  log.write('login: ')
  await log.close()
  log.write('root\n')
  await log.close()
  expect(await read('guest-console-log', { since: before })).toBe('login: root\n')
  expect(await read('guest-console-log', { since: Date.now() + 60_000 })).toBe('')
  expect(await read('guest-console-log', { timestamps: true })).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z login: root\n$/,
  )
})

test('followed lines have the times that they have when they are read later', async () => {
  const written = new RotatedLog(join(directory, 'serial.log'))
  written.write('one\n')
  await written.close()
  const gone = new AbortController()
  const log = readContainerLog({
    directory,
    container: 'guest-console-log',
    selection: { follow: true, timestamps: true },
    ended: () => false,
    signal: gone.signal,
  })
  let followed = ''
  for await (const chunk of log) {
    followed += chunk.toString()
    if (followed.includes('three')) break
    written.write('two\nthree\n')
    await written.close()
  }
  gone.abort()
  expect(followed).toBe(await read('guest-console-log', { timestamps: true }))
})

test('no more bytes than asked for', async () => {
  await writeFile(join(directory, 'agent.log'), 'abcdef\n')
  expect(await read('compute', { limitBytes: 3 })).toBe('abc')
  expect(await read('volumeroot')).toBe('')
})

test('a line that comes in pieces has one time', () => {
  const stamps = new Timestamps()
  const pieces = ['log', 'in: \nro', 'ot\n'].map((text) => stamps.prefix(Buffer.from(text), 0))
  expect(Buffer.concat(pieces).toString()).toBe(
    '1970-01-01T00:00:00.000Z login: \n1970-01-01T00:00:00.000Z root\n',
  )
})

test('the query of a kubelet', () => {
  expect(logSelectionOf(new URLSearchParams('sinceSeconds=10&tailLines=5'), 60_000)).toEqual({
    follow: false,
    timestamps: false,
    tailLines: 5,
    since: 50_000,
    limitBytes: undefined,
  })
  const query = new URLSearchParams(
    'sinceTime=1970-01-01T00:00:01Z&follow=true&timestamps=true',
  )
  expect(logSelectionOf(query)).toMatchObject({ since: 1_000, follow: true, timestamps: true })
})
