import { expect, test } from 'vitest'
import { createSerialHistory, overlap } from './serial-history.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (value: Uint8Array) => new TextDecoder().decode(value)

test.each([
  ['abcdef', 'defghi', 3],
  ['abcdef', 'abcdef', 6],
  ['abcdef', 'cdef', 4],
  ['abc', 'xabc', 0],
  ['', 'abc', 0],
  ['abc', '', 0],
  ['aaaa', 'aaaaaaa', 4],
  ['aabaaab', 'aabaaa', 3],
  ['abababc', 'ababc', 5],
  ['xxabab', 'ababab', 4],
])('F-42 the end of %j begins %j: %i', (seen, next, expected) => {
  expect(overlap(bytes(seen), bytes(next))).toBe(expected)
})

test('F-42 a replay after a reconnect shows only what is new', () => {
  const history = createSerialHistory()
  const boot = 'Tiny Linux is starting ...\r\nLog in as "root", no password.\r\ntiny login: '
  history.remember(bytes(boot.slice(0, 30)))
  history.remember(bytes(boot.slice(30)))
  expect(text(history.withoutRepetition(bytes(`${boot}root\r\n`)))).toBe('root\r\n')
  expect(text(history.withoutRepetition(bytes(boot)))).toBe('')
})

test('F-42 a replay without the questions of the guest is still a replay', () => {
  const history = createSerialHistory()
  const line = 'a line that is long enough for being no chance, twenty times.\r\n'
  history.remember(bytes(`${line}# \u001b[6n`))
  history.remember(bytes(`ls\r\n${line}# \u001b[6n`))
  const replay = `${line}# ls\r\n${line}# `
  expect(text(history.withoutRepetition(bytes(`${replay}あ`)))).toBe('あ')
})

test('F-42 a few equal bytes are no replay', () => {
  const history = createSerialHistory()
  history.remember(bytes('# '))
  expect(text(history.withoutRepetition(bytes('# ls\r\n')))).toBe('# ls\r\n')
})

test('F-42 only the end is remembered', () => {
  const history = createSerialHistory()
  const line = `${'0123456789'.repeat(100)}\r\n`
  for (let index = 0; index < 1_000; index += 1) history.remember(bytes(line))
  const replay = line.repeat(60)
  expect(text(history.withoutRepetition(bytes(`${replay}new`)))).toBe('new')
})
