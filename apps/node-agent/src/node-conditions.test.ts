import { expect, test } from 'vitest'
import { conditionsOf } from './node-conditions.ts'
import type { NodeMachine } from './node-machine.ts'

const GIB = 2 ** 30
const MACHINE: NodeMachine = {
  memory: 8 * GIB,
  availableMemory: 4 * GIB,
  disk: 100 * GIB,
  availableDisk: 50 * GIB,
}
const statuses = (machine: NodeMachine | undefined) =>
  Object.fromEntries(conditionsOf([], machine).map(({ type, status }) => [type, status]))

test.each<[string, NodeMachine | undefined, Record<string, string>]>([
  ['a machine with enough of everything', MACHINE, { Ready: 'True', DiskPressure: 'False' }],
  ['no machine', undefined, { MemoryPressure: 'False', DiskPressure: 'False' }],
  ['a full disk', { ...MACHINE, availableDisk: GIB / 2 }, { DiskPressure: 'True' }],
  ['full memory', { ...MACHINE, availableMemory: 2 ** 20 }, { MemoryPressure: 'True' }],
])('%s', (_title, machine, expected) => {
  expect(statuses(machine)).toMatchObject(expected)
})

test('a condition that stays keeps its time', () => {
  const [first] = conditionsOf([], MACHINE)
  const old = { ...first, type: 'Ready', status: 'True', lastTransitionTime: 'long ago' }
  const ready = conditionsOf([old], MACHINE).find(({ type }) => type === 'Ready')
  expect(ready?.lastTransitionTime).toBe('long ago')
})
