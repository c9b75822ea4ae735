import type { V1VirtualMachineInstance as VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { expect, test } from 'vitest'
import { diskShapeOf, machineSpecOf } from './machine-spec.ts'

type Domain = VirtualMachineInstance['spec']['domain']

const instanceWith = (domain: Partial<Domain>): VirtualMachineInstance => ({
  metadata: { name: 'web', namespace: 'default', uid: 'u-1' },
  spec: { domain: { devices: {}, memory: { guest: '128Mi' }, ...domain } },
})

const quantities = (requests: Record<string, string>) =>
  ({ requests }) as unknown as NonNullable<Domain['resources']>

test.each<[string, Partial<Domain>, object]>([
  ['one processor if nothing is said', {}, { sockets: 1, cores: 1, threads: 1 }],
  ['a topology', { cpu: { cores: 4 } }, { sockets: 1, cores: 4, threads: 1 }],
  [
    'requests, rounded up',
    { resources: quantities({ cpu: '1500m' }) },
    { sockets: 2, cores: 1, threads: 1 },
  ],
])('CPU: %s', (_title, domain, cpu) => {
  expect(machineSpecOf(instanceWith(domain), undefined).cpu).toEqual(cpu)
})

test('memory is the guest’s, or what is requested; nonsense is refused', () => {
  const memoryOf = (domain: Partial<Domain>) =>
    machineSpecOf(instanceWith(domain), undefined).memoryBytes
  expect(memoryOf({})).toBe(128 * 1024 * 1024)
  const requested = instanceWith({ resources: quantities({ memory: '1Gi' }) })
  delete requested.spec.domain.memory
  expect(machineSpecOf(requested, undefined).memoryBytes).toBe(1024 ** 3)
  expect(() => memoryOf({ memory: { guest: 'lots' } })).toThrow(/"lots" is no size/)
})

test('a network card has the same address at each start, and its pod’s with a bridge', () => {
  const interfaces = [
    { name: 'default', bridge: {} },
    { name: 'second', masquerade: {}, ports: [{ port: 22 }, { port: 53, protocol: 'UDP' }] },
    { name: 'third', bridge: {} },
  ]
  const instance = instanceWith({ devices: { interfaces } })
  instance.spec.networks = [{ name: 'third', multus: { networkName: 'lab' } }]
  const [first, second, third] = machineSpecOf(instance, '10.129.0.9').interfaces
  expect(first).toMatchObject({
    model: 'virtio',
    network: { kind: 'user', address: '10.129.0.9' },
  })
  const ports = [
    { port: 22, protocol: 'tcp' },
    { port: 53, protocol: 'udp' },
  ]
  expect(second?.network).toEqual({ kind: 'user', address: '10.0.3.2', ports })
  expect(third?.network).toEqual({ kind: 'bridge', attachment: 'default/lab' })
  expect(first?.macAddress).toMatch(/^02(:[0-9a-f]{2}){5}$/)
  expect(machineSpecOf(instance, undefined).interfaces[0]?.macAddress).toBe(first?.macAddress)
  expect(second?.macAddress).not.toBe(first?.macAddress)
})

test('shapes of disks', () => {
  expect(diskShapeOf({ name: 'a' })).toEqual({ bus: 'sata', cdrom: false, readOnly: false })
  expect(diskShapeOf({ name: 'a', disk: { bus: 'virtio', readonly: true } })).toEqual({
    bus: 'virtio',
    cdrom: false,
    readOnly: true,
  })
  expect(diskShapeOf({ name: 'a', cdrom: { bus: 'sata' } })).toEqual({
    bus: 'sata',
    cdrom: true,
    readOnly: true,
  })
})
