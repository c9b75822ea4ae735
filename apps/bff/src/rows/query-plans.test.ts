import { describe, expect, test } from 'vitest'
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

describe('F-60 templates', () => {
  const template = (name: string, title: string, labels: Record<string, string>) => ({
    key: `shop/${name}`,
    object: {
      metadata: {
        name,
        namespace: 'shop',
        annotations: { 'openshift.io/display-name': title },
        labels,
      },
    },
  })
  const rows = [
    template('a', 'Web server', {
      'template.kubevirt.io/type': 'vm',
      'os.template.kubevirt.io/ubuntu': 'true',
      'flavor.template.kubevirt.io/large': 'true',
    }),
    template('b', 'Desk', {
      'template.kubevirt.io/type': 'base',
      'os.template.kubevirt.io/fedora': 'true',
      'flavor.template.kubevirt.io/tiny': 'true',
    }),
  ]

  test('are found by their title too', () => {
    const sort = { column: 'name', direction: 'ascending' } as const
    const { matches } = planObjects({ search: 'WEB', sort })
    expect(rows.filter(matches).map(({ key }) => key)).toEqual(['shop/a'])
  })

  test.each([
    ['operatingSystem', ['shop/b', 'shop/a']],
    ['flavor', ['shop/a', 'shop/b']],
    ['type', ['shop/a', 'shop/b']],
  ] as const)('are sorted by %s', (column, keys) => {
    const { compare } = planObjects({ sort: { column, direction: 'ascending' } })
    expect(rows.toSorted(compare).map(({ key }) => key)).toEqual(keys)
  })
})
