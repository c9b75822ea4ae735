import { expect, test } from 'vitest'
import { createAsciicast } from './asciicast.ts'

test('F-42 a recording is an asciicast: header, then output and sizes with their times', () => {
  let time = 5_000
  const cast = createAsciicast({
    columns: 80,
    rows: 24,
    title: 'vm01',
    startedAt: 1_700_000_000_500,
    now: () => time,
  })
  // Nobody can tell these apart by eye.
  cast.output('log')
  time += 10
  cast.output('in: ')
  time += 1_240
  const [first, second] = [new Uint8Array([0xc3]), new Uint8Array([0xa9, 0x1b, 0x5b, 0x6d])]
  cast.output(first)
  cast.output(second)
  time += 0.5
  cast.resize({ columns: 100, rows: 30 })
  expect(
    cast
      .toText()
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toEqual([
    {
      version: 2,
      width: 80,
      height: 24,
      timestamp: 1_700_000_000,
      title: 'vm01',
      env: { TERM: 'xterm-256color' },
    },
    [0, 'o', 'login: '],
    [1.25, 'o', 'é\u001b[m'],
    [1.2505, 'r', '100x30'],
  ])
})
