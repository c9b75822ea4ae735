import { expect, test } from 'vitest'
import type { VirtualMachine } from '../types.ts'
import { disksOf } from './disks-of.ts'

const virtualMachine: VirtualMachine = {
  spec: {
    dataVolumeTemplates: [
      {
        metadata: { name: 'web-data' },
        spec: {
          source: { blank: {} },
          storage: { resources: { requests: { storage: '5Gi' } } },
        },
      },
    ],
    template: {
      spec: {
        domain: {
          devices: {
            disks: [
              { name: 'rootdisk', disk: { bus: 'virtio' }, bootOrder: 1 },
              { name: 'data', disk: { bus: 'scsi' } },
              { name: 'tools', cdrom: { bus: 'sata' } },
              { name: 'scratch', disk: {} },
              { name: 'lost', lun: {} },
            ],
          },
        },
        volumes: [
          { name: 'rootdisk', containerDisk: { image: 'example.com/linux:1' } },
          { name: 'data', dataVolume: { name: 'web-data' } },
          { name: 'tools', persistentVolumeClaim: { claimName: 'tools-iso' } },
          { name: 'scratch', emptyDisk: { capacity: '2Gi' } },
        ],
      },
    },
  },
}

test('disks come with device, bus, volume, source, size and boot order', () => {
  const table = disksOf(virtualMachine).map((disk) => Object.values(disk).join(' | '))
  expect(table).toEqual([
    'rootdisk | disk | virtio | containerDisk | example.com/linux:1 | 1 | ',
    'data | disk | scsi | dataVolume | web-data |  | 5Gi',
    'tools | cdrom | sata | persistentVolumeClaim | tools-iso |  | ',
    'scratch | disk |  | emptyDisk | 2Gi |  | 2Gi',
    'lost | lun |  |  |  |  | ',
  ])
})

test('a VM without a template has no disks', () => {
  expect(disksOf({ spec: {} as VirtualMachine['spec'] })).toEqual([])
})
