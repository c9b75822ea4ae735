import { expect, test } from 'vitest'
import type { VirtualMachine, VirtualMachineInstance } from '../types.ts'
import { interfacesOf } from './interfaces-of.ts'

const virtualMachine: VirtualMachine = {
  spec: {
    template: {
      spec: {
        domain: {
          devices: {
            interfaces: [
              { name: 'default', masquerade: {}, model: 'virtio' },
              { name: 'storage', bridge: {}, macAddress: '02:00:00:00:00:01' },
            ],
          },
        },
        networks: [
          { name: 'default', pod: {} },
          { name: 'storage', multus: { networkName: 'storage-net' } },
        ],
      },
    },
  },
}

const instance: VirtualMachineInstance = {
  spec: { domain: { devices: {} } },
  status: {
    interfaces: [
      {
        name: 'default',
        mac: '02:aa',
        ipAddress: '10.0.2.2',
        ipAddresses: ['10.0.2.2', 'fd::2'],
      },
      { name: 'storage', ipAddress: '192.168.1.5' },
    ],
  },
}

test('F-53 NICs come with every address of the guest', () => {
  expect(interfacesOf(virtualMachine, instance)).toEqual([
    {
      name: 'default',
      model: 'virtio',
      network: undefined,
      binding: 'masquerade',
      macAddress: '02:aa',
      ipAddresses: ['10.0.2.2', 'fd::2'],
    },
    {
      name: 'storage',
      model: undefined,
      network: 'storage-net',
      binding: 'bridge',
      macAddress: '02:00:00:00:00:01',
      ipAddresses: ['192.168.1.5'],
    },
  ])
})

test('without a running guest there are no addresses', () => {
  const addresses = interfacesOf(virtualMachine).map(({ ipAddresses }) => ipAddresses)
  expect(addresses).toEqual([[], []])
})
