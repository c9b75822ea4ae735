import type {
  V1VirtualMachineInstance,
  V1VirtualMachineInstanceSpec,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { expect, test } from 'vitest'
import { diskRows } from './disk-rows.ts'
import { networkRows } from './network-rows.ts'

const spec: V1VirtualMachineInstanceSpec = {
  domain: {
    devices: {
      disks: [
        { name: 'rootdisk', disk: { bus: 'virtio' }, bootOrder: 1 },
        { name: 'tools', cdrom: { bus: 'sata' } },
        { name: 'lost', disk: {} },
      ],
      interfaces: [
        { name: 'default', masquerade: {}, model: 'virtio' },
        { name: 'storage', bridge: {}, macAddress: '02:00:00:00:00:01' },
      ],
    },
  },
  volumes: [
    { name: 'rootdisk', containerDisk: { image: 'example.com/linux:1' } },
    { name: 'tools', persistentVolumeClaim: { claimName: 'tools-iso' } },
  ],
  networks: [
    { name: 'default', pod: {} },
    { name: 'storage', multus: { networkName: 'storage-net' } },
  ],
}

test('disks are shown with their volumes', () => {
  expect(diskRows(spec)).toEqual([
    {
      name: 'rootdisk',
      device: 'disk',
      bus: 'virtio',
      volumeType: 'containerDisk',
      source: 'example.com/linux:1',
      bootOrder: 1,
    },
    {
      name: 'tools',
      device: 'cdrom',
      bus: 'sata',
      volumeType: 'persistentVolumeClaim',
      source: 'tools-iso',
      bootOrder: undefined,
    },
    {
      name: 'lost',
      device: 'disk',
      bus: undefined,
      volumeType: undefined,
      source: undefined,
      bootOrder: undefined,
    },
  ])
})

test('F-53 interfaces are shown with every address of the guest', () => {
  const instance: V1VirtualMachineInstance = {
    spec,
    status: {
      interfaces: [
        {
          name: 'default',
          mac: '02:aa',
          ipAddress: '10.0.2.2',
          ipAddresses: ['10.0.2.2', 'fd10::2'],
        },
        { name: 'storage', ipAddress: '192.168.1.5' },
      ],
    },
  }
  expect(networkRows(spec, instance)).toEqual([
    {
      name: 'default',
      model: 'virtio',
      network: undefined,
      binding: 'masquerade',
      macAddress: '02:aa',
      ipAddresses: ['10.0.2.2', 'fd10::2'],
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

test('without disks and interfaces there are no rows', () => {
  expect(diskRows(undefined)).toEqual([])
  expect(networkRows(undefined, null)).toEqual([])
})
