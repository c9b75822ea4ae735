import { expect, test } from 'vitest'
import { usageOf } from './usage-of.ts'

const row = { cpus: 2, memory: 1024, node: 'node01' }
const sample = { time: 0, cpuMillicores: 500, memoryBytes: 256 }

test.each([
  ['CPUs in thousandths', { row, kind: 'cpu', sample }, { used: 500, of: 2000, share: 0.25 }],
  ['memory', { row, kind: 'memory', sample }, { used: 256, of: 1024, share: 0.25 }],
  [
    'nothing at all is a figure',
    { row, kind: 'cpu', sample: { time: 0, cpuMillicores: 0 } },
    { used: 0, of: 2000, share: 0 },
  ],
  [
    'a size that is not known',
    { row: { cpus: 2, memory: undefined, node: 'node01' }, kind: 'memory', sample },
    { used: 256, of: 0 },
  ],
  ['no sample', { row, kind: 'cpu', sample: undefined }, undefined],
  ['no such figure', { row, kind: 'memory', sample: { time: 0 } }, undefined],
  [
    'a VM that does not run any more',
    { row: { ...row, node: undefined }, kind: 'cpu', sample },
    undefined,
  ],
] as const)('F-34 %s', (_what, options, expected) => {
  expect(usageOf(options as Parameters<typeof usageOf>[0])).toEqual(expected)
})
