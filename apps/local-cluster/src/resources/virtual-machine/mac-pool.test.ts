import type { V1VirtualMachine as VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { KubernetesObject } from '@virtdeck/kubernetes'
import { expect, test } from 'vitest'
import { assignMacAddresses, macAddressesOf } from './mac-pool.ts'

const others: Record<string, { namespace: string; name: string }[]> = {
  '02:00:00:00:00:01': [{ namespace: 'n', name: 'other' }],
}

function assign(
  macAddresses: (string | undefined)[],
  more: { old?: (string | undefined)[]; range?: [string, string]; label?: string } = {},
): VirtualMachine {
  const machine = (addresses: (string | undefined)[]): VirtualMachine => ({
    metadata: { namespace: 'n', name: 'vm' },
    spec: {
      template: {
        spec: {
          domain: {
            devices: {
              interfaces: [
                { name: 'pod', masquerade: {} },
                ...addresses.map((macAddress, index) => ({
                  name: `nic${index}`,
                  bridge: {},
                  ...(macAddress !== undefined && { macAddress }),
                })),
              ],
            },
          },
          networks: [
            { name: 'pod', pod: {} },
            ...addresses.map((_, index) => ({
              name: `nic${index}`,
              multus: { networkName: 'lan' },
            })),
          ],
        },
      },
    },
  })
  const object = machine(macAddresses)
  const lookup = (resource: string): KubernetesObject | undefined => {
    if (resource === 'namespaces') {
      const labels = { 'mutatevirtualmachines.kubemacpool.io': more.label ?? '' }
      return { metadata: { labels } }
    }
    const [RANGE_START, RANGE_END] = more.range ?? []
    return more.range && ({ data: { RANGE_START, RANGE_END } } as KubernetesObject)
  }
  assignMacAddresses({
    operation: more.old ? 'update' : 'create',
    user: { name: 'admin', groups: [] },
    object,
    ...(more.old && { oldObject: machine(more.old) }),
    lookup,
    lookupIndexed: (_resource, _index, value) => others[value] ?? [],
    warn: () => undefined,
  })
  return object
}

test('a secondary interface gets an address of the range, the pod’s does not', () => {
  const given = macAddressesOf(assign([undefined]))
  expect(given).toEqual([expect.stringMatching(/^02(:[\da-f]{2}){5}$/)])
})

test('skips addresses that others have, until the range is full', () => {
  const range: [string, string] = ['02:00:00:00:00:01', '02:00:00:00:00:02']
  expect(macAddressesOf(assign([undefined], { range }))).toEqual(['02:00:00:00:00:02'])
  expect(() => assign([undefined, undefined], { range })).toThrow(
    'admission webhook "mutatevirtualmachines.kubemacpool.io" denied the request: Failed to create virtual machine allocation error: the range is full',
  )
})

test.each([
  ['of another VM', ['02-00-00-00-00-01'], 'failed to allocate requested mac address'],
  [
    'of its own other interface',
    ['02:00:00:00:00:05', '02:00:00:00:00:05'],
    'duplicate MAC address 02:00:00:00:00:05 found on interfaces: nic0 and nic1',
  ],
])('refuses an address %s', (_name, addresses, message) => {
  expect(() => assign(addresses)).toThrow(
    `Failed to create virtual machine allocation error: ${message}`,
  )
})

test('a VM keeps what it has', () => {
  const addresses = ['02:00:00:00:00:01']
  expect(macAddressesOf(assign(addresses, { old: addresses }))).toEqual(addresses)
})

test('an interface that is added later gets one where the namespace asks for it', () => {
  expect(macAddressesOf(assign([undefined], { old: [] }))).toEqual([])
  expect(macAddressesOf(assign([undefined], { old: [], label: 'allocate' }))).toHaveLength(1)
})

test('a namespace can do without the pool', () => {
  expect(macAddressesOf(assign([undefined], { label: 'ignore' }))).toEqual([])
})
