import { expect, test } from 'vitest'
import type { Disk, VirtualMachine } from '../types.ts'
import { diskItem, type DiskOptions } from './disk.ts'
import { editProblems, placeOfRefusal, withValues } from './item.ts'
import { networkInterfaceItem, withLink } from './network-interface.ts'

const machineWith = (disk: Disk): VirtualMachine => ({
  metadata: { name: 'web', namespace: 'team' },
  spec: {
    template: {
      spec: {
        domain: {
          devices: {
            disks: [{ name: 'root', disk: {} }, disk],
            interfaces: [
              { name: 'default', masquerade: {} },
              { name: 'lab', bridge: {}, model: 'virtio', bootOrder: 2 },
            ],
          },
        },
        networks: [
          { name: 'default', pod: {} },
          { name: 'lab', multus: { networkName: 'lab' } },
        ],
      },
    },
  },
})
const item = diskItem('data')
const diskOf = (machine: VirtualMachine) =>
  machine.spec.template.spec?.domain.devices.disks?.find(({ name }) => name === 'data')

const plain: Disk = { name: 'data', disk: { bus: 'virtio' }, bootOrder: 2, blockSize: {} }
const edited: [string, Disk, Partial<DiskOptions>, Disk][] = [
  ['nothing', plain, {}, plain],
  ['bus', plain, { bus: 'scsi' }, { ...plain, disk: { bus: 'scsi' } }],
  ['bus left open', plain, { bus: '' }, { ...plain, disk: {} }],
  [
    'all',
    plain,
    { cache: 'none', io: 'native', serial: 'D1', isShareable: true },
    { ...plain, cache: 'none', io: 'native', serial: 'D1', shareable: true },
  ],
  [
    'taken back',
    { ...plain, cache: 'none', serial: 'D1', shareable: true },
    { cache: '', serial: '', isShareable: false },
    plain,
  ],
  [
    'another drive',
    { name: 'data', cdrom: { bus: 'sata', tray: 'open' } },
    { drive: 'lun', bus: 'scsi' },
    { name: 'data', lun: { bus: 'scsi' } },
  ],
  [
    'the same drive keeps its tray',
    { name: 'data', cdrom: { bus: 'sata', tray: 'open' } },
    { bus: 'scsi' },
    { name: 'data', cdrom: { bus: 'scsi', tray: 'open' } },
  ],
]
test.each(edited)('F-31 a disk: %s', (_title, before, options, expected) => {
  const machine = machineWith(before)
  const after = withValues(item, machine, { ...item.read(machine), ...options })
  expect(diskOf(after)).toEqual(expected)
})

const wrong: [Partial<DiskOptions>, string[]][] = [
  [{}, []],
  [{ drive: 'cdrom', bus: 'virtio' }, ['bus: disk.cdromBus']],
  [{ drive: 'lun', bus: 'sata' }, ['bus: disk.lunBus']],
  [{ io: 'native', cache: 'writeback' }, ['io: disk.nativeIo']],
  [{ io: 'native', cache: 'none' }, []],
  [{ serial: 'a b' }, ['serial: disk.serial']],
  [{ serial: 'x'.repeat(257) }, ['serial: tooLong']],
]
test.each(wrong)('F-31 %o is told', (options, expected) => {
  const values = { ...item.read(machineWith(plain)), ...options }
  expect(editProblems(item, values).map(({ path, code }) => `${path}: ${code}`)).toEqual(
    expected,
  )
})

test.each([
  ['spec.template.spec.domain.devices.disks[1].disk.bus', 'bus'],
  ['spec.template.spec.domain.devices.disks[1].cache', 'cache'],
  ['spec.template.spec.domain.devices.disks[1]', 'drive'],
  ['spec.template.spec.domain.memory', undefined],
])('a refusal of %s belongs to %s', (field, place) => {
  expect(placeOfRefusal(item, field)).toBe(place)
})

test('F-32 a NIC changes and keeps what no field shows; its neighbours stay', () => {
  const machine = machineWith(plain)
  const lab = networkInterfaceItem(1)
  const values = lab.read(machine)
  values.networking.nics[1]!.model = 'e1000e'
  const after = withValues(lab, machine, values)
  const devices = after.spec.template.spec?.domain.devices
  expect(devices?.interfaces).toEqual([
    { name: 'default', masquerade: {} },
    { name: 'lab', bridge: {}, model: 'e1000e', bootOrder: 2 },
  ])
  values.networking.nics[1]!.network = 'pod'
  expect(editProblems(lab, values).map(({ path, code }) => `${path}: ${code}`)).toEqual([
    'networking.nics.1.network: network.secondPodNetwork',
  ])
})

test('F-32 the link of one NIC is set', () => {
  const after = withLink(machineWith(plain), 'lab', 'down')
  const { interfaces } = after.spec.template.spec!.domain.devices
  expect(interfaces?.map(({ state }) => state)).toEqual([undefined, 'down'])
})

test('F-32 a NIC becomes an SR-IOV card on a secondary network only', () => {
  const machine = machineWith(plain)
  const lab = networkInterfaceItem(1)
  const values = lab.read(machine)
  values.networking.nics[1]!.binding = 'sriov'
  const after = withValues(lab, machine, values)
  expect(after.spec.template.spec?.domain.devices.interfaces?.[1]).toEqual({
    name: 'lab',
    sriov: {},
    model: 'virtio',
    bootOrder: 2,
  })
  expect(lab.read(after)).toEqual(values)
  values.networking.nics[0]!.binding = 'sriov'
  expect(editProblems(lab, values).map(({ path, code }) => `${path}: ${code}`)).toEqual([
    'networking.nics.0.binding: network.sriov',
  ])
})
