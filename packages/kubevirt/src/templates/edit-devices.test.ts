import { expect, test } from 'vitest'
import { newDisk } from '../create/storage-values.ts'
import { newNic } from '../create/networking-values.ts'
import type { VirtualMachine } from '../types.ts'
import { bootDisks, withBootDisk } from './boot-disk.ts'
import { editTemplateDisks, templateDisks } from './edit-disks.ts'
import { editTemplateNics, templateNics } from './edit-nics.ts'
import type { DeviceEditError } from './edit-template.ts'
import { virtualMachineOf, type Template } from './template.ts'

const virtualMachine: VirtualMachine = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name: '${NAME}' },
  spec: {
    running: false,
    dataVolumeTemplates: [
      {
        metadata: { name: '${NAME}' },
        spec: {
          sourceRef: { kind: 'DataSource', name: '${SOURCE}', namespace: 'images' },
          storage: { resources: { requests: { storage: '30Gi' } } },
        },
      },
    ],
    template: {
      spec: {
        evictionStrategy: 'LiveMigrate',
        domain: {
          devices: {
            rng: {},
            disks: [
              { name: 'root', bootOrder: 1, disk: { bus: 'virtio' }, serial: 'a' },
              { name: 'data', disk: { bus: 'virtio' } },
              { name: 'image', cdrom: { bus: 'sata' } },
              { name: 'cloudinit', disk: { bus: 'virtio' } },
            ],
            interfaces: [
              { name: 'default', masquerade: {}, model: 'virtio', bootOrder: 2 },
              { name: 'fast', sriov: {} },
            ],
          },
        },
        networks: [
          { name: 'default', pod: { vmNetworkCIDR: '10.1.0.0/16' } },
          { name: 'fast', multus: { networkName: 'fast' } },
        ],
        volumes: [
          { name: 'root', dataVolume: { name: '${NAME}' } },
          { name: 'data', persistentVolumeClaim: { claimName: 'data', readOnly: true } },
          { name: 'image', containerDisk: { image: 'drivers' } },
          { name: 'cloudinit', cloudInitNoCloud: { userData: '#cloud-config' } },
        ],
      },
    },
  },
}

const config = { kind: 'ConfigMap', metadata: { name: '${NAME}' } }
const template: Template = {
  metadata: { name: 'mine', namespace: 'shop', resourceVersion: '7' },
  objects: [config, virtualMachine],
  parameters: [{ name: 'NAME' }],
}

const specOf = (changed: Template) => virtualMachineOf(changed)!.spec
const diskOf = (name: string) =>
  templateDisks(virtualMachine).find(({ values }) => values.name === name)!.values
const nicOf = (name: string) => templateNics(virtualMachine).find((nic) => nic.name === name)!

test('F-60 disks of a template as rows', () => {
  expect(
    templateDisks(virtualMachine).map(({ values: { name, source, size, claim, bus } }) => [
      name,
      source,
      size,
      claim,
      bus,
    ]),
  ).toEqual([
    ['root', 'clone', '30', '', 'virtio'],
    ['data', 'claim', '', 'data', 'virtio'],
    ['image', 'image', '', '', 'sata'],
    ['cloudinit', 'image', '', '', 'virtio'],
  ])
})

test('F-60 a size that a parameter decides is no number, and stays', () => {
  const open = structuredClone(virtualMachine)
  const storage = open.spec.dataVolumeTemplates?.[0]?.spec.storage
  Object.assign(storage ?? {}, { resources: { requests: { storage: '${SIZE}' } } })
  const [root] = templateDisks(open)
  expect(root?.values.size).toBe('${SIZE}')
  const before = root!.values
  const row = { ...before, bus: 'sata' } as const
  const parameterised = { ...template, objects: [open] }
  const changed = editTemplateDisks(parameterised, { kind: 'change', before, row })
  expect(specOf(changed).dataVolumeTemplates).toEqual(open.spec.dataVolumeTemplates)
})

const diskNames = ['root', 'data', 'cloudinit']

test.each([
  { chosen: 'root', order: ['root', 'default'] },
  { chosen: 'data', order: ['data', 'root', 'default'] },
  { chosen: 'cloudinit', order: ['cloudinit', 'root', 'default'] },
  { chosen: 'nobody', order: ['root', 'default'] },
])('F-60 the VMs boot from $chosen', ({ chosen, order }) => {
  expect(bootDisks(virtualMachine)).toEqual({ names: diskNames, current: 'root' })
  const changed = virtualMachineOf(withBootDisk(template, chosen))!
  const { disks = [], interfaces = [] } = changed.spec.template.spec?.domain.devices ?? {}
  const places = [...disks, ...interfaces].filter(({ bootOrder }) => bootOrder !== undefined)
  expect(
    places.toSorted((a, b) => a.bootOrder! - b.bootOrder!).map(({ name }) => name),
  ).toEqual(order)
  expect(bootDisks(changed).current).toBe(order[0])
})

test('F-60 the network is still tried before the disk that is chosen', () => {
  const open = structuredClone(virtualMachine)
  const devices = open.spec.template.spec?.domain.devices
  for (const disk of devices?.disks ?? []) delete disk.bootOrder
  const pxe = withBootDisk({ ...template, objects: [open] }, 'data')
  const { disks, interfaces } = specOf(pxe).template.spec!.domain.devices
  expect(interfaces?.[0]?.bootOrder).toBe(1)
  expect(disks?.[1]?.bootOrder).toBe(2)
})

test('F-60 a row that was opened and closed changes nothing', () => {
  for (const { values } of templateDisks(virtualMachine)) {
    const edit = { kind: 'change', before: values, row: values } as const
    expect(editTemplateDisks(template, edit)).toEqual(template)
  }
  for (const row of templateNics(virtualMachine)) {
    expect(editTemplateNics(template, { kind: 'change', before: row, row })).toEqual(template)
  }
})

test('F-60 a disk is changed where its fields say so, and nowhere else', () => {
  const before = diskOf('root')
  const row = {
    ...before,
    name: 'system',
    size: '40',
    bus: 'sata',
    storageClass: 'fast',
  } as const
  const changed = editTemplateDisks(template, { kind: 'change', before, row })
  const spec = specOf(changed)
  expect(spec.dataVolumeTemplates).toEqual([
    {
      metadata: { name: '${NAME}' },
      spec: {
        sourceRef: { kind: 'DataSource', name: '${SOURCE}', namespace: 'images' },
        storage: {
          resources: { requests: { storage: '40Gi' } },
          storageClassName: 'fast',
        },
      },
    },
  ])
  expect(spec.template.spec?.domain.devices.disks?.[0]).toEqual({
    name: 'system',
    bootOrder: 1,
    disk: { bus: 'sata' },
    serial: 'a',
  })
  expect(spec.template.spec?.volumes?.[0]).toEqual({
    name: 'system',
    dataVolume: { name: '${NAME}' },
  })
  expect(spec.template.spec?.evictionStrategy).toBe('LiveMigrate')
  expect(changed.objects?.[0]).toBe(config)
})

test('F-60 another claim keeps what the volume says beside it', () => {
  const before = diskOf('data')
  const row = { ...before, claim: 'other' }
  const spec = specOf(editTemplateDisks(template, { kind: 'change', before, row }))
  expect(spec.template.spec?.volumes?.[1]).toEqual({
    name: 'data',
    persistentVolumeClaim: { claimName: 'other', readOnly: true },
  })
})

test('F-60 a new disk is made for each VM; one that goes takes its DataVolume along', () => {
  const row = newDisk([], { source: 'blank', bus: 'scsi' })
  const added = specOf(editTemplateDisks(template, { kind: 'add', row }))
  expect(added.dataVolumeTemplates?.[1]).toMatchObject({
    metadata: { name: '${NAME}-disk-0' },
    spec: { source: { blank: {} }, storage: { resources: { requests: { storage: '10Gi' } } } },
  })
  expect(added.template.spec?.volumes?.at(-1)).toEqual({
    name: 'disk-0',
    dataVolume: { name: '${NAME}-disk-0' },
  })
  const removed = specOf(editTemplateDisks(template, { kind: 'remove', name: 'root' }))
  expect(removed).not.toHaveProperty('dataVolumeTemplates')
  expect(removed.template.spec?.volumes?.map(({ name }) => name)).not.toContain('root')
  expect(removed.template.spec?.domain.devices.disks).toHaveLength(3)
})

test('F-60 scratch space instead of a blank disk', () => {
  const row = newDisk([], { source: 'blank', bus: 'virtio' })
  const added = editTemplateDisks(template, { kind: 'add', row })
  const change = { kind: 'change', before: row, row: { ...row, source: 'empty' } } as const
  const spec = specOf(editTemplateDisks(added, change))
  expect(spec.dataVolumeTemplates).toHaveLength(1)
  expect(spec.template.spec?.volumes?.at(-1)).toEqual({
    name: 'disk-0',
    emptyDisk: { capacity: '10Gi' },
  })
})

test.each([
  ['gone', { kind: 'remove', name: 'other' }],
  [
    'gone',
    { kind: 'change', before: { ...diskOf('root'), name: 'other' }, row: diskOf('root') },
  ],
  ['nameTaken', { kind: 'add', row: diskOf('root') }],
  ['nameTaken', { kind: 'change', before: diskOf('data'), row: diskOf('root') }],
] as const)('F-60 an edit that does not go with the template is %s', (code, edit) => {
  expect(() => editTemplateDisks(template, edit)).toThrow(
    expect.objectContaining({ code }) as DeviceEditError,
  )
})

test('F-60 a NIC is changed where its fields say so, and nowhere else', () => {
  const before = nicOf('default')
  const row = {
    ...before,
    name: 'nic0',
    model: 'e1000e',
    macAddress: '02:00:00:00:00:01',
  } as const
  const spec = specOf(editTemplateNics(template, { kind: 'change', before, row })).template.spec
  expect(spec?.domain.devices.interfaces?.[0]).toEqual({
    name: 'nic0',
    masquerade: {},
    model: 'e1000e',
    macAddress: '02:00:00:00:00:01',
    bootOrder: 2,
  })
  expect(spec?.networks?.[0]).toEqual({ name: 'nic0', pod: { vmNetworkCIDR: '10.1.0.0/16' } })
  expect(spec?.domain.devices.rng).toEqual({})
})

test('F-60 another binding replaces one that the fields do not know', () => {
  const before = nicOf('fast')
  const row = { ...before, network: 'pod', binding: 'masquerade' } as const
  const spec = specOf(editTemplateNics(template, { kind: 'change', before, row })).template.spec
  expect(spec?.domain.devices.interfaces?.[1]).toEqual({ name: 'fast', masquerade: {} })
  expect(spec?.networks?.[1]).toEqual({ name: 'fast', pod: {} })
})

test('F-60 without a NIC on the pod network KubeVirt must not add one', () => {
  const removed = editTemplateNics(template, { kind: 'remove', name: 'default' })
  const devices = specOf(removed).template.spec?.domain.devices
  expect(devices?.autoattachPodInterface).toBe(false)
  expect(devices?.interfaces).toHaveLength(1)
  const row = newNic(templateNics(virtualMachineOf(removed)!), 'virtio')
  const again = specOf(editTemplateNics(removed, { kind: 'add', row })).template.spec
  expect(again?.domain.devices).not.toHaveProperty('autoattachPodInterface')
  expect(again?.networks?.at(-1)).toEqual({ name: row.name, pod: {} })
})
