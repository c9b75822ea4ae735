import { expect, test } from 'vitest'
import { planObjects } from './query-plans.ts'

const owned = (kind: string | undefined, controller = true) => ({
  key: 'default/a',
  object: {
    metadata: {
      name: 'a',
      ...(kind && {
        ownerReferences: [{ apiVersion: 'v1', kind, name: 'o', uid: 'u', controller }],
      }),
    },
  },
})

test('objects that a kind controls can be left out', () => {
  const sort = { column: 'name', direction: 'ascending' } as const
  const { matches } = planObjects({ sort, notControlledBy: 'VirtualMachine' })
  expect(matches(owned('VirtualMachine'))).toBe(false)
  expect(matches(owned('VirtualMachine', false))).toBe(true)
  expect(matches(owned('VirtualMachineInstanceReplicaSet'))).toBe(true)
  expect(matches(owned(undefined))).toBe(true)
  expect(planObjects({ sort }).matches(owned('VirtualMachine'))).toBe(true)
})
