import { describe, expect, it, test } from 'vitest'
import { LineSplitter, plainText } from './line-splitter.ts'
import { LogBuffer } from './log-buffer.ts'
import { parseLine, sortableTime } from './log-line.ts'
import { LogRows, rowsOf, widthOf } from './log-rows.ts'
import { LogSearch, splitMatches } from './log-search.ts'

test.each([
  ['2026-11-23T10:00:00.5Z hello world', '2026-11-23T10:00:00.5Z', 'hello world'],
  ['2026-11-23T10:00:00.123456789+09:00 x', '2026-11-23T10:00:00.123456789+09:00', 'x'],
  ['2026-11-23T10:00:00Z ', '2026-11-23T10:00:00Z', ''],
  ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00Z', ''],
  ['unable to retrieve container logs', '', 'unable to retrieve container logs'],
  ['', '', ''],
])('the line %o has its time and its text', (line, time, text) => {
  expect(parseLine(line)).toEqual({ time, text })
})

test('times sort by what they mean, not by how they are written', () => {
  const times = [
    '2026-11-23T10:00:00Z',
    '2026-11-23T19:00:00.05+09:00',
    '2026-11-23T10:00:00.5Z',
    '2026-11-23T10:00:00.50000001Z',
    '2026-11-23T10:00:01Z',
  ]
  const sortable = times.map((time) => sortableTime(time) ?? '')
  for (const [index, later] of sortable.slice(1).entries()) {
    expect(later > (sortable[index] ?? '')).toBe(true)
  }
})

test.each([
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['\u001b]0;a title\u0007text', 'text'],
  ['\u001b(Bplain\r', 'plain'],
  ['a\tb', 'a\tb'],
])('%o reads %o', (raw, text) => expect(plainText(raw)).toBe(text))

test('a line without end is broken rather than kept waiting', () => {
  const splitter = new LineSplitter()
  const lines = splitter.push('x'.repeat(200_000))
  expect(lines.length).toBeGreaterThan(2)
  expect([...lines, ...splitter.finish()].join('')).toHaveLength(200_000)
})

test.each([
  ['abc', 3],
  ['a\tb', 9],
  ['日本', 4],
  ['', 0],
])('%o is %i columns wide', (text, width) => expect(widthOf(text)).toBe(width))

describe('rows', () => {
  const lines = { first: 700, end: 5000 }
  const rows = new LogRows(lines, (line) => rowsOf('x'.repeat(line % 25), 10))

  it('lead to lines, and lines to rows', () => {
    for (const line of [700, 701, 1023, 1024, 1025, 3000, 4999]) {
      const row = rows.rowOf(line)
      expect(rows.lineAt(row)).toEqual({ line, row })
    }
    // 24 letters take three rows.
    const row = rows.rowOf(1024)
    expect(rows.lineAt(row + 2)).toEqual({ line: 1024, row })
  })

  it('end with the last line', () => {
    expect(rows.lineAt(rows.total)).toEqual({ line: 5000, row: rows.total })
  })

  it('follow a log that forgets its first lines', () => {
    const before = rows.rowOf(4000)
    const forgotten = rows.rowOf(1500)
    lines.first = 1500
    expect(rows.rowOf(4000)).toBe(before - forgotten)
  })
})

describe('a search', () => {
  it('goes on with what is added and drops what is forgotten', () => {
    const buffer = new LogBuffer({ lines: 10, characters: Infinity })
    const texts = (...all: string[]) => all.map((text) => ({ time: '', text }))
    buffer.append(texts('Error one', 'fine', 'an ERROR'))
    const search = new LogSearch(buffer, 'error')
    expect(search.advance(10)).toBe(true)
    expect(search.matches).toEqual([0, 2])
    buffer.append(texts('error three', ...Array.from({ length: 8 }, () => 'fine')))
    search.advance(10)
    expect(search.matches).toEqual([2, 3])
  })

  it('means letters, not patterns', () => {
    expect(splitMatches('a.b axb A.B', 'a.b')).toEqual(['', 'a.b', ' axb ', 'A.B', ''])
    expect(splitMatches('plain', '')).toEqual(['plain'])
  })
})
