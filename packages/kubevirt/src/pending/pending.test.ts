import { expect, test } from 'vitest'
import type {
  VirtualMachine,
  VirtualMachineInstance,
  VirtualMachineInstanceSpec,
} from '../types.ts'
import { pendingOf } from './pending.ts'

type Spec = VirtualMachineInstanceSpec

const template = (): Spec => ({
  domain: {
    cpu: { sockets: 2 },
    memory: { guest: '1Gi' },
    devices: {
      disks: [
        { name: 'root', disk: {}, bootOrder: 1 },
        { name: 'tools', cdrom: {} },
        { name: 'ci', disk: {} },
      ],
      interfaces: [{ name: 'default', masquerade: {}, bootOrder: 2 }],
    },
  },
  networks: [{ name: 'default', pod: {} }],
  volumes: [
    { name: 'root', containerDisk: { image: 'example.com/linux:1' } },
    { name: 'ci', cloudInitNoCloud: { userData: '#cloud-config' } },
  ],
})

/** The instance of the template, with all that admission and virt-controller add. */
function started(): VirtualMachineInstance {
  const spec = template()
  spec.architecture = 'amd64'
  spec.evictionStrategy = 'None'
  spec.domain.machine = { type: 'q35' }
  spec.domain.firmware = { uuid: 'x' }
  spec.domain.cpu = { sockets: 2, cores: 1, threads: 1, model: 'host-model', maxSockets: 8 }
  spec.domain.memory = { guest: '1024Mi', maxGuest: '4Gi' }
  spec.domain.resources = { requests: { memory: '1Gi' } }
  for (const disk of spec.domain.devices.disks ?? []) {
    if (disk.disk) disk.disk.bus = 'virtio'
    if (disk.cdrom) disk.cdrom.bus = 'sata'
  }
  for (const nic of spec.domain.devices.interfaces ?? []) nic.model = 'virtio'
  for (const { containerDisk } of spec.volumes ?? []) {
    if (containerDisk) containerDisk.imagePullPolicy = 'IfNotPresent'
  }
  return { metadata: { name: 'a' }, spec, status: { phase: 'Running' } }
}

const machine = (spec: Spec, more: Partial<VirtualMachine['spec']> = {}): VirtualMachine => ({
  metadata: { name: 'a' },
  spec: { ...more, template: { spec } },
})

const edited = (edit: (spec: Spec) => void): VirtualMachine => {
  const spec = template()
  edit(spec)
  return machine(spec)
}

test.each<[string, (spec: Spec) => void, unknown[]]>([
  ['nothing', () => {}, []],
  [
    'the same in other words',
    ({ domain }) => {
      domain.memory = { guest: '1048576Ki' }
      domain.cpu = { sockets: 2, cores: 1 }
      domain.resources = {}
    },
    [],
  ],
  [
    'CPUs',
    ({ domain }) => (domain.cpu = { cores: 4 }),
    [
      {
        subject: 'cpu',
        before: { sockets: 2, cores: 1, threads: 1 },
        after: { sockets: 1, cores: 4, threads: 1 },
      },
    ],
  ],
  [
    'memory',
    ({ domain }) => (domain.memory = { guest: '2Gi' }),
    [{ subject: 'memory', before: '1024Mi', after: '2Gi' }],
  ],
  [
    'less memory set aside',
    ({ domain }) => (domain.resources = { requests: { memory: '512Mi' } }),
    [{ subject: 'memoryReservation' }],
  ],
  [
    'overcommitted overhead',
    ({ domain }) => (domain.resources = { overcommitGuestOverhead: true }),
    [{ subject: 'memoryReservation' }],
  ],
  [
    'dedicated CPUs',
    ({ domain }) => (domain.cpu = { sockets: 2, dedicatedCpuPlacement: true }),
    [{ subject: 'dedicatedCpu', before: false, after: true }],
  ],
  [
    'a host name',
    (spec) => (spec.hostname = 'web'),
    [{ subject: 'hostname', before: undefined, after: 'web' }],
  ],
  [
    'an eviction strategy',
    (spec) => (spec.evictionStrategy = 'LiveMigrate'),
    [{ subject: 'evictionStrategy', before: 'None', after: 'LiveMigrate' }],
  ],
  [
    'a node selector',
    (spec) => (spec.nodeSelector = { zone: 'a' }),
    [{ subject: 'nodeSelector' }],
  ],
  ['tolerations', (spec) => (spec.tolerations = [{ key: 'a' }]), [{ subject: 'tolerations' }]],
  [
    'SSH keys',
    (spec) =>
      (spec.accessCredentials = [
        {
          sshPublicKey: {
            source: { secret: { secretName: 'keys' } },
            propagationMethod: { noCloud: {} },
          },
        },
      ]),
    [{ subject: 'sshKeys' }],
  ],
  [
    'cloud-init',
    ({ volumes }) => (volumes![1]!.cloudInitNoCloud = { userData: '#!/bin/sh' }),
    [{ subject: 'cloudInit', name: 'ci' }],
  ],
  [
    'boot order',
    ({ domain }) => (domain.devices.interfaces![0]!.bootOrder = undefined as never),
    [{ subject: 'bootOrder', before: ['root', 'default'], after: ['root'] }],
  ],
  [
    'another image',
    ({ volumes }) => (volumes![0]!.containerDisk!.image = 'other'),
    [{ subject: 'disk', name: 'root', change: 'changed' }],
  ],
  [
    'another bus',
    ({ domain }) => (domain.devices.disks![0]!.disk = { bus: 'scsi' }),
    [{ subject: 'disk', name: 'root', change: 'changed' }],
  ],
  [
    'a new disk and one less',
    (spec) => {
      spec.domain.devices.disks = [
        { name: 'data', disk: {} },
        ...spec.domain.devices.disks!.slice(0, 1),
      ]
      spec.volumes = [{ name: 'data', emptyDisk: { capacity: '1Gi' } }, spec.volumes![0]!]
    },
    [
      { subject: 'disk', name: 'data', change: 'added' },
      { subject: 'disk', name: 'tools', change: 'removed' },
      { subject: 'disk', name: 'ci', change: 'removed' },
    ],
  ],
  [
    'a hot-plugged disk',
    (spec) => {
      spec.domain.devices.disks!.push({ name: 'data', disk: {} })
      spec.volumes!.push({
        name: 'data',
        persistentVolumeClaim: { claimName: 'c', hotpluggable: true },
      })
    },
    [],
  ],
  [
    'a medium put into a drive',
    (spec) => {
      spec.volumes!.push({ name: 'tools', dataVolume: { name: 'iso', hotpluggable: true } })
    },
    [],
  ],
  [
    'a new NIC',
    (spec) => {
      spec.domain.devices.interfaces!.push({ name: 'two', bridge: {} })
      spec.networks!.push({ name: 'two', multus: { networkName: 'lan' } })
    },
    [{ subject: 'networkInterface', name: 'two', change: 'added' }],
  ],
  [
    'another model and a removed NIC',
    (spec) => {
      spec.domain.devices.interfaces = [{ name: 'two', bridge: {}, state: 'absent' }]
      spec.domain.devices.autoattachPodInterface = false
    },
    [
      { subject: 'other', path: 'domain.devices.autoattachPodInterface' },
      { subject: 'bootOrder', before: ['root', 'default'], after: ['root'] },
      { subject: 'networkInterface', name: 'default', change: 'removed' },
    ],
  ],
  [
    'a NIC of another model',
    ({ domain }) => (domain.devices.interfaces![0]!.model = 'e1000e'),
    [{ subject: 'networkInterface', name: 'default', change: 'changed' }],
  ],
  [
    'a field without words',
    ({ domain }) => (domain.ioThreadsPolicy = 'shared'),
    [{ subject: 'other', path: 'domain.ioThreadsPolicy' }],
  ],
])('%s', (_what, edit, expected) => {
  const { changes, isRestartRequired } = pendingOf(edited(edit), started())
  expect(changes).toEqual(expected)
  expect(isRestartRequired).toBe(expected.length > 0)
})

test('an instance type has the size; another one is pending', () => {
  const spec = template()
  delete spec.domain.cpu
  delete spec.domain.memory
  const instance = started()
  instance.metadata = { annotations: { 'kubevirt.io/cluster-instancetype-name': 'u1.small' } }
  const using = (name: string) => machine(spec, { instancetype: { name } })
  expect(pendingOf(using('u1.small'), instance).changes).toEqual([])
  expect(pendingOf(using('u1.large'), instance).changes).toEqual([
    { subject: 'instancetype', before: 'u1.small', after: 'u1.large' },
  ])
  const own = { name: 'u1.small', kind: 'VirtualMachineInstancetype' }
  expect(pendingOf(machine(spec, { instancetype: own }), instance).changes).toEqual([
    {
      subject: 'instancetype',
      before: 'VirtualMachineClusterInstancetype/u1.small',
      after: 'VirtualMachineInstancetype/u1.small',
    },
  ])
})

test('a preference that is changed or taken away is pending', () => {
  const instance = started()
  instance.metadata = { annotations: { 'kubevirt.io/preference-name': 'web' } }
  const preferring = (preference: object | undefined) =>
    pendingOf(machine(template(), preference && { preference }), instance).changes
  const kind = 'VirtualMachinePreference'
  expect(preferring({ name: 'web', kind })).toEqual([])
  expect(preferring({ name: 'db', kind })).toEqual([
    { subject: 'preference', before: 'web', after: 'db' },
  ])
  expect(preferring(undefined)).toEqual([
    { subject: 'preference', before: 'web', after: undefined },
  ])
})

test("KubeVirt's condition counts even where nothing is found, with what it says", () => {
  const message = 'a non-live-updatable field was changed in the template spec'
  const virtualMachine = machine(template())
  virtualMachine.status = {
    conditions: [{ type: 'RestartRequired', status: 'True', message }],
  }
  expect(pendingOf(virtualMachine, started())).toEqual({
    isRestartRequired: true,
    message,
    changes: [],
  })
})

test('nothing waits for a VM that does not run', () => {
  const changed = edited((spec) => (spec.hostname = 'web'))
  const ended: VirtualMachineInstance = { ...started(), status: { phase: 'Succeeded' } }
  for (const instance of [undefined, null, ended]) {
    expect(pendingOf(changed, instance).isRestartRequired).toBe(false)
  }
})
