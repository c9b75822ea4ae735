import type { VirtualMachineRow, VirtualMachinesQuery } from '@virtdeck/bff-contract'
import { describe, expect, it } from 'vitest'
import { planVirtualMachines } from './virtual-machine-plan.ts'

const row = (name: string, overrides: Partial<VirtualMachineRow> = {}): VirtualMachineRow => ({
  key: `default/${name}`,
  namespace: 'default',
  name,
  uid: name,
  status: 'Stopped',
  runStrategy: 'Halted',
  conditions: [],
  labels: {},
  storageClasses: [],
  networks: [],
  cpus: 1,
  ipAddresses: [],
  macAddresses: [],
  created: '2026-01-01T00:00:00Z',
  simulated: false,
  deleting: false,
  ...overrides,
})

const ROWS = [
  row('web-1', {
    status: 'Running',
    node: 'node02',
    ipAddresses: ['10.0.0.10', 'fd00::AB'],
    labels: { app: 'shop', tier: 'Web' },
    storageClasses: ['fast', 'slow'],
    networks: ['Pod network', 'vlan7'],
    memory: 2 ** 31,
    cpus: 10,
  }),
  row('web-2', {
    status: 'Running',
    node: 'node01',
    ipAddresses: ['10.0.0.9'],
    labels: { app: 'shop' },
    operatingSystem: 'Fedora Linux 41',
    template: 'fedora-server-small',
    memory: 2 ** 30,
    cpus: 2,
  }),
  row('db', { key: 'other/db', namespace: 'other', created: '2025-01-01T00:00:00Z' }),
]

type Query = Parameters<typeof planVirtualMachines>[0]

function names(query: Partial<Query>): string[] {
  const plan = planVirtualMachines({
    sort: { column: 'name', direction: 'ascending' },
    ...query,
  })
  return ROWS.filter(plan.matches)
    .toSorted(plan.compare)
    .map(({ name }) => name)
}

describe('filters', () => {
  it.each<[string, Partial<Query>, string[]]>([
    ['nothing', {}, ['db', 'web-1', 'web-2']],
    ['a namespace', { namespace: 'other' }, ['db']],
    ['part of a name in any case', { search: ' WEB' }, ['web-1', 'web-2']],
    ['part of an address', { search: '0.9' }, ['web-2']],
    ['an address of version 6', { search: 'fd00::ab' }, ['web-1']],
    ['part of a label', { search: 'tier=w' }, ['web-1']],
    ['statuses', { filters: { status: ['Stopped', 'Starting'] } }, ['db']],
    ['no statuses, which means all', { filters: { status: [] } }, ['db', 'web-1', 'web-2']],
    ['a node', { filters: { node: ['node01'] } }, ['web-2']],
    ['a template', { filters: { template: ['fedora-server-small'] } }, ['web-2']],
    ['an operating system', { filters: { operatingSystem: ['Fedora Linux 41'] } }, ['web-2']],
    ['namespaces', { filters: { namespace: ['other', 'x'] } }, ['db']],
    ['one of several storage classes', { filters: { storageClass: ['slow'] } }, ['web-1']],
    ['a network', { filters: { network: ['vlan7'] } }, ['web-1']],
    ['all of the labels', { filters: { label: ['app=shop', 'tier=Web'] } }, ['web-1']],
    ['any value of a label', { filters: { label: ['app'] } }, ['web-1', 'web-2']],
    ['selected ones', { keys: ['other/db', 'default/web-2'] }, ['db', 'web-2']],
    ['all at once', { search: 'web', filters: { status: ['Stopped'] } }, []],
  ])('%s', (_name, query, expected) => expect(names(query)).toEqual(expected))
})

const ascending = (column: VirtualMachinesQuery['sort']['column']) =>
  names({ sort: { column, direction: 'ascending' } })
const descending = (column: VirtualMachinesQuery['sort']['column']) =>
  names({ sort: { column, direction: 'descending' } })

describe('orders', () => {
  it('addresses as numbers', () => {
    expect(ascending('ipAddress')).toEqual(['web-2', 'web-1', 'db'])
  })
  it('rows without a value last, either way', () => {
    expect(ascending('node')).toEqual(['web-2', 'web-1', 'db'])
    expect(descending('node')).toEqual(['web-1', 'web-2', 'db'])
  })
  it('by size, as numbers', () => {
    expect(ascending('cpus')).toEqual(['db', 'web-2', 'web-1'])
    expect(descending('memory')).toEqual(['web-1', 'web-2', 'db'])
  })
  it('by time of creation', () => {
    expect(ascending('created')).toEqual(['db', 'web-1', 'web-2'])
  })
  it('by namespace, then key', () => {
    expect(descending('namespace')).toEqual(['db', 'web-2', 'web-1'])
  })
})

const key = (query: Partial<Query>) =>
  planVirtualMachines({ sort: { column: 'name', direction: 'ascending' }, ...query }).key

it('gives equal queries the same key', () => {
  expect(key({ filters: { status: ['A', 'B'] }, search: 'X ' })).toBe(
    key({ filters: { status: ['B', 'A'] }, search: 'x' }),
  )
  expect(key({ namespace: 'a' })).not.toBe(key({}))
})
