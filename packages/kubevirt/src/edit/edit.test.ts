import { expect, test } from 'vitest'
import type { VirtualMachine } from '../types.ts'
import { bootOrderItem } from './boot-order.ts'
import { evictionStrategyItem, hostnameItem, runStrategyItem } from './choices.ts'
import { areSshKeysEditable, cloudInitItem, cloudInitOf, sshKeysItem } from './cloud-init.ts'
import { cpuItem } from './cpu.ts'
import { instancetypeItem, preferenceItem } from './instancetype.ts'
import {
  editProblems,
  isChangedElsewhere,
  placeOfRefusal,
  withValues,
  type EditItem,
} from './item.ts'
import { patchOf } from './json-patch.ts'
import { memoryItem } from './memory.ts'
import { isNodeAffinityEditable, nodeAffinityItem } from './node-affinity.ts'
import { nodeSelectorItem, tolerationsItem } from './placement.ts'

const KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2Zt2vQJ0m1tT8s1m9XqkB0yP1u0k4Q3mHn0n0n0n0n me@here'
const USER_DATA = '#cloud-config\n# kept\npassword: x\nssh_authorized_keys:\n  - ssh-rsa old\n'

const machine = (): VirtualMachine => ({
  metadata: { name: 'a', namespace: 'n', resourceVersion: '7' },
  spec: {
    running: true,
    template: {
      spec: {
        domain: {
          cpu: { cores: 2, model: 'host-passthrough' },
          memory: { guest: '1536Mi', hugepages: { pageSize: '2Mi' } },
          resources: { requests: { cpu: '1', memory: '1Gi' } },
          devices: {
            disks: [
              { name: 'root', disk: {} },
              { name: 'ci', disk: {} },
            ],
            interfaces: [{ name: 'root', masquerade: {} }],
          },
        },
        affinity: { podAffinity: {} },
        volumes: [{ name: 'ci', cloudInitNoCloud: { userData: USER_DATA } }],
      },
    },
  },
})

/** What is read, changed, written and patched. */
function patched<Values extends object>(
  item: EditItem<Values>,
  change: Partial<Values>,
  before = machine(),
) {
  const values = { ...item.read(before), ...change }
  expect(editProblems(item, values)).toEqual([])
  const after = withValues(item, before, values)
  expect(item.read(after)).toEqual(values)
  return patchOf(before, after).slice(1)
}

const AT = '/spec/template/spec'

test('each item patches what it edits and nothing else', () => {
  expect(patched(cpuItem, { sockets: '2', dedicated: true })).toEqual([
    { op: 'add', path: `${AT}/domain/cpu/sockets`, value: 2 },
    { op: 'add', path: `${AT}/domain/cpu/threads`, value: 1 },
    { op: 'add', path: `${AT}/domain/cpu/dedicatedCpuPlacement`, value: true },
  ])
  expect(patched(memoryItem, { memory: '2', memoryUnit: 'Gi', memoryRequest: '' })).toEqual([
    { op: 'replace', path: `${AT}/domain/memory/guest`, value: '2Gi' },
    { op: 'remove', path: `${AT}/domain/resources/requests/memory` },
  ])
  expect(patched(memoryItem, { memoryRequest: '512', overcommitGuestOverhead: true })).toEqual([
    { op: 'replace', path: `${AT}/domain/resources/requests/memory`, value: '512Mi' },
    { op: 'add', path: `${AT}/domain/resources/overcommitGuestOverhead`, value: true },
  ])
  expect(patched(hostnameItem, { hostname: 'web' })).toEqual([
    { op: 'add', path: `${AT}/hostname`, value: 'web' },
  ])
  expect(patched(evictionStrategyItem, { evictionStrategy: 'LiveMigrate' })).toEqual([
    { op: 'add', path: `${AT}/evictionStrategy`, value: 'LiveMigrate' },
  ])
  expect(patched(runStrategyItem, { runStrategy: 'Manual' })).toEqual([
    { op: 'remove', path: '/spec/running' },
    { op: 'add', path: '/spec/runStrategy', value: 'Manual' },
  ])
  const instancetype = 'VirtualMachineInstancetype/big'
  expect(patched(instancetypeItem, { general: { namespace: 'n', instancetype } })).toEqual([
    {
      op: 'add',
      path: '/spec/instancetype',
      value: { kind: 'VirtualMachineInstancetype', name: 'big' },
    },
  ])
  expect(patched(nodeSelectorItem, { labels: [{ key: 'a/b', value: 'c' }] })).toEqual([
    { op: 'add', path: `${AT}/nodeSelector`, value: { 'a/b': 'c' } },
  ])
})

test('another instance type or preference has no revision yet; the same one keeps its', () => {
  const chosen = machine()
  chosen.spec.instancetype = { name: 'u1.small', revisionName: 'kept' }
  chosen.spec.preference = { name: 'fedora', kind: 'VirtualMachinePreference' }
  const small = 'VirtualMachineClusterInstancetype/u1.small'
  expect(instancetypeItem.read(chosen).general.instancetype).toBe(small)
  expect(patched(instancetypeItem, {}, chosen)).toEqual([])
  const instancetype = 'VirtualMachineClusterInstancetype/u1.large'
  const [at, general] = ['/spec/instancetype', { namespace: 'n', instancetype }]
  const after = withValues(instancetypeItem, chosen, { general })
  expect(after.spec.instancetype).toEqual({
    kind: 'VirtualMachineClusterInstancetype',
    name: 'u1.large',
  })
  expect(patched(instancetypeItem, { general }, chosen)).toContainEqual({
    op: 'remove',
    path: `${at}/revisionName`,
  })
  const preferring = (preference: string) =>
    withValues(preferenceItem, chosen, { general: { namespace: 'n', preference } }).spec
  expect(preferring('VirtualMachinePreference/fedora')).toEqual(chosen.spec)
  // A name that was typed alone.
  expect(preferring('windows').preference).toEqual({
    kind: 'VirtualMachineClusterPreference',
    name: 'windows',
  })
  expect(preferring('')).not.toHaveProperty('preference')
  expect(placeOfRefusal(preferenceItem, 'spec.instancetype')).toBe('general.preference')
})

test('tolerations and rules for nodes; other affinity stays', () => {
  const tolerations = [
    { key: '', operator: 'Exists', value: '', effect: '' },
    { key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoExecute', seconds: 60 },
  ] as const
  expect(patched(tolerationsItem, { tolerations: [...tolerations] })).toEqual([
    {
      op: 'add',
      path: `${AT}/tolerations`,
      value: [
        { operator: 'Exists' },
        {
          key: 'gpu',
          operator: 'Equal',
          value: 'yes',
          effect: 'NoExecute',
          tolerationSeconds: 60,
        },
      ],
    },
  ])
  const rules = [
    { strength: 'required', key: 'zone', operator: 'In', values: 'a, b', weight: 100 },
    { strength: 'preferred', key: 'ssd', operator: 'Exists', values: '', weight: 5 },
  ] as const
  expect(patched(nodeAffinityItem, { rules: [...rules] })).toEqual([
    {
      op: 'add',
      path: `${AT}/affinity/nodeAffinity`,
      value: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }] },
          ],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 5, preference: { matchExpressions: [{ key: 'ssd', operator: 'Exists' }] } },
        ],
      },
    },
  ])
  const two = machine()
  const term = { matchExpressions: [] }
  two.spec.template.spec!.affinity = {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term, term] },
    },
  }
  expect(isNodeAffinityEditable(two)).toBe(false)
  expect(isNodeAffinityEditable(machine())).toBe(true)
})

test('boot order: disks first unless told; a NIC of the same name is another device', () => {
  const { devices } = bootOrderItem.read(machine())
  expect(devices.map(({ kind, name, isTried }) => `${kind} ${name} ${isTried}`)).toEqual([
    'disk root true',
    'disk ci true',
    'networkInterface root false',
  ])
  const [root, ci, nic] = devices
  const after = withValues(bootOrderItem, machine(), {
    devices: [{ ...nic!, isTried: true }, root!, { ...ci!, isTried: false }],
  })
  const { disks, interfaces } = after.spec.template.spec!.domain.devices
  expect(disks?.map(({ bootOrder }) => bootOrder)).toEqual([2, undefined])
  expect(interfaces?.map(({ bootOrder }) => bootOrder)).toEqual([1])
})

test('SSH keys are changed in the cloud-config; the rest of it stays', () => {
  const after = withValues(sshKeysItem, machine(), { sshKeys: [KEY] })
  expect(cloudInitOf(after)?.userData).toBe(
    `#cloud-config\n# kept\npassword: x\nssh_authorized_keys:\n  - ${KEY}\n`,
  )
  const without = machine()
  without.spec.template.spec!.volumes = []
  without.spec.template.spec!.domain.devices.disks = []
  const added = withValues(sshKeysItem, without, { sshKeys: [KEY] })
  expect(cloudInitOf(added)).toMatchObject({
    name: 'cloudinitdisk',
    userData: `#cloud-config\nssh_authorized_keys:\n  - ${KEY}\n`,
  })
  expect(added.spec.template.spec?.domain.devices.disks).toEqual([
    { name: 'cloudinitdisk', disk: { bus: 'virtio' } },
  ])
})

test('Secrets with cloud-init are named, not touched', () => {
  const virtualMachine = machine()
  virtualMachine.spec.template.spec!.volumes = [
    { name: 'ci', cloudInitConfigDrive: { secretRef: { name: 'hidden' } } },
  ]
  expect(cloudInitOf(virtualMachine)?.userDataSecret).toBe('hidden')
  expect(areSshKeysEditable(virtualMachine)).toBe(false)
  expect(patched(cloudInitItem, { networkData: 'version: 2' }, virtualMachine)).toEqual([
    {
      op: 'replace',
      path: `${AT}/volumes`,
      value: [
        {
          name: 'ci',
          cloudInitConfigDrive: { secretRef: { name: 'hidden' }, networkData: 'version: 2' },
        },
      ],
    },
  ])
})

const codes = <Values extends object>(item: EditItem<Values>, change: Partial<Values>) =>
  editProblems(item, { ...item.read(machine()), ...change }).map(
    ({ path, code }) => `${path}: ${code}`,
  )

test('what is wrong is said at its field', () => {
  expect(codes(cpuItem, { sockets: '0', cores: '1.5', threads: '' })).toEqual([
    'sockets: notPositive',
    'cores: notWhole',
    'threads: required',
  ])
  expect(codes(memoryItem, { memory: '1', memoryUnit: 'Gi', memoryRequest: '2' })).toEqual([
    'memoryRequest: memory.requestAboveGuest',
  ])
  expect(codes(hostnameItem, { hostname: 'Web' })).toEqual(['hostname: upperCase'])
  const label = { key: 'a', value: '' }
  expect(codes(nodeSelectorItem, { labels: [label, label, { key: '-', value: '' }] })).toEqual([
    'labels.2.key: metadata.key',
    'labels.1.key: duplicateName',
  ])
  expect(codes(cloudInitItem, { userData: 'hello' })).toEqual(['userData: cloudInit.noHeader'])
  expect(codes(sshKeysItem, { sshKeys: ['x'] })).toEqual(['sshKeys.0: sshKey.notAKey'])
})

test("a refusal lands on its field, a colleague's edit is noticed, no edit is no patch", () => {
  const field = 'spec.template.spec.domain.resources.requests.memory'
  expect(placeOfRefusal(memoryItem, field)).toBe('memoryRequest')
  expect(placeOfRefusal(cpuItem, field)).toBeUndefined()
  const theirs = withValues(hostnameItem, machine(), { hostname: 'theirs' })
  expect(isChangedElsewhere(hostnameItem, machine(), theirs)).toBe(true)
  expect(isChangedElsewhere(cpuItem, machine(), theirs)).toBe(false)
  expect(patchOf(machine(), machine())).toEqual([])
  expect(patchOf(machine(), theirs)[0]).toEqual({
    op: 'test',
    path: '/metadata/resourceVersion',
    value: '7',
  })
})
