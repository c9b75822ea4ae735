import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { inputFrame, parseFrame, resizeFrame } from './exec-frames.ts'
import { shellCommand } from './shells.ts'

const frame = (channel: number, content: string): ArrayBuffer => {
  const bytes = new TextEncoder().encode(`_${content}`)
  bytes[0] = channel
  return bytes.buffer
}

const failure = (extra: object) =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', ...extra })

test('F-44 what is typed and the size of the terminal go to their channels', () => {
  expect([...inputFrame('é')]).toEqual([0, 0xc3, 0xa9])
  const size = resizeFrame({ columns: 132, rows: 43 })
  expect(size[0]).toBe(4)
  expect(new TextDecoder().decode(size.subarray(1))).toBe('{"Width":132,"Height":43}')
})

test('F-44 output and errors come as they are', () => {
  for (const channel of [1, 2]) {
    expect(parseFrame(frame(channel, 'abc'))).toEqual({
      type: 'output',
      bytes: new TextEncoder().encode('abc'),
    })
  }
  expect(parseFrame(frame(9, '')).type).toBe('unknown')
})

test.each([
  ['a success', '{"kind":"Status","apiVersion":"v1","status":"Success"}', { exitCode: 0 }],
  [
    'an exit code',
    failure({
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '130' }] },
    }),
    { exitCode: 130 },
  ],
  [
    'a command that is not there',
    failure({ reason: 'InternalError', message: 'exec: "bash": not found' }),
    { exitCode: undefined, message: 'exec: "bash": not found' },
  ],
  ['no Status', 'gone', { exitCode: undefined, message: 'gone' }],
])('F-44 a command ends with %s', (_what, text, end) => {
  expect(parseFrame(frame(3, text))).toEqual({ type: 'end', end })
})

test('F-44 the best shell that there is is a command that shells understand', () => {
  const [program = '', ...args] = shellCommand('auto')
  const output = execFileSync(program, args, { input: 'echo works\n', encoding: 'utf8' })
  expect(output).toBe('works\n')
})
