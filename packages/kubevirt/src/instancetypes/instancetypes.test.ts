import { describe, expect, test } from 'vitest'
import { expandInstanceSpec } from './expand.ts'
import { inferFromVolume, type InferenceLookups } from './infer.ts'
import type { InstanceSpec, InstancetypeSpec, PreferenceSpec } from './types.ts'

const spec = (domain: Partial<InstanceSpec['domain']> = {}): InstanceSpec => ({
  domain: { devices: {}, ...domain },
})
const instancetype = (more: Partial<InstancetypeSpec> = {}): InstancetypeSpec => ({
  cpu: { guest: 4 },
  memory: { guest: '2Gi' },
  ...more,
})

function expanded(
  given: InstanceSpec,
  choices: { instancetype?: InstancetypeSpec; preference?: PreferenceSpec },
): InstanceSpec {
  const { instancetype, preference } = choices
  const expansion = expandInstanceSpec(given, { instancetype, preference })
  if (!expansion.spec) throw new Error(`conflicts: ${expansion.conflicts.join()}`)
  return expansion.spec
}

test.each<[string, PreferenceSpec['cpu'], [number, number, number]]>([
  ['sockets unless told', undefined, [4, 1, 1]],
  ['cores', { preferredCPUTopology: 'cores' }, [1, 4, 1]],
  ['threads', { preferredCPUTopology: 'threads' }, [1, 1, 4]],
  ['spread', { preferredCPUTopology: 'spread' }, [2, 2, 1]],
  [
    'spread over cores and threads',
    { preferredCPUTopology: 'spread', spreadOptions: { across: 'CoresThreads' } },
    [1, 2, 2],
  ],
  [
    'spread over all three',
    { preferredCPUTopology: 'spread', spreadOptions: { across: 'SocketsCoresThreads' } },
    [1, 2, 2],
  ],
])('vCPUs become %s', (_name, cpu, [sockets, cores, threads]) => {
  const choices = { instancetype: instancetype(), ...(cpu && { preference: { cpu } }) }
  expect(expanded(spec(), choices).domain.cpu).toEqual({ sockets, cores, threads })
})

test('memory, overcommitted memory and placement come from the instance type', () => {
  const choice = instancetype({
    memory: { guest: '2Gi', overcommitPercent: 50 },
    nodeSelector: { disk: 'fast' },
  })
  expect(expanded(spec(), { instancetype: choice })).toMatchObject({
    domain: { memory: { guest: '2Gi' }, resources: { requests: { memory: '1Gi' } } },
    nodeSelector: { disk: 'fast' },
  })
})

test.each<[string, Partial<InstanceSpec['domain']>, string[]]>([
  ['cores', { cpu: { cores: 2 } }, ['spec.template.spec.domain.cpu.cores']],
  ['guest memory', { memory: { guest: '1Gi' } }, ['spec.template.spec.domain.memory.guest']],
  [
    'requests',
    { resources: { requests: { memory: '1Gi', cpu: '1' } } },
    [
      'spec.template.spec.domain.resources.requests.cpu',
      'spec.template.spec.domain.resources.requests.memory',
    ],
  ],
  ['a model that the instance type leaves open', { cpu: { model: 'host-model' } }, []],
])('%s of the VM itself', (_name, domain, conflicts) => {
  const expansion = expandInstanceSpec(spec(domain), {
    instancetype: instancetype(),
    preference: undefined,
  })
  expect(expansion.conflicts ?? []).toEqual(conflicts)
})

test('vCPUs that cannot be spread are a conflict', () => {
  const { conflicts } = expandInstanceSpec(spec(), {
    instancetype: instancetype({ cpu: { guest: 3 } }),
    preference: { cpu: { preferredCPUTopology: 'spread' } },
  })
  expect(conflicts).toEqual(['spec.instancetype'])
})

test('a preference fills what is open and changes nothing that is said', () => {
  const given = spec({
    devices: {
      disks: [
        { name: 'a', disk: {} },
        { name: 'b', disk: { bus: 'sata' } },
        { name: 'c', cdrom: {} },
      ],
      interfaces: [{ name: 'default' }],
      autoattachGraphicsDevice: false,
    },
  })
  const preference: PreferenceSpec = {
    devices: {
      preferredDiskBus: 'virtio',
      preferredCdromBus: 'sata',
      preferredInterfaceModel: 'virtio',
      preferredInterfaceMasquerade: {},
      preferredAutoattachGraphicsDevice: true,
      preferredAutoattachMemBalloon: false,
    },
    firmware: { preferredEfi: { secureBoot: true } },
    features: { preferredSmm: {} },
    machine: { preferredMachineType: 'pc-q35' },
    clock: { preferredClockOffset: { utc: {} } },
    preferredTerminationGracePeriodSeconds: 7,
  }
  expect(expanded(given, { preference })).toEqual({
    domain: {
      devices: {
        disks: [
          { name: 'a', disk: { bus: 'virtio' } },
          { name: 'b', disk: { bus: 'sata' } },
          { name: 'c', cdrom: { bus: 'sata' } },
        ],
        interfaces: [{ name: 'default', model: 'virtio', masquerade: {} }],
        autoattachGraphicsDevice: false,
        autoattachMemBalloon: false,
      },
      firmware: { bootloader: { efi: { secureBoot: true } } },
      features: { smm: {} },
      machine: { type: 'pc-q35' },
      clock: { utc: {} },
    },
    terminationGracePeriodSeconds: 7,
  })
})

describe('inference from a volume', () => {
  const labels = {
    'instancetype.kubevirt.io/default-instancetype': 'small',
    'instancetype.kubevirt.io/default-instancetype-kind': 'VirtualMachineInstancetype',
  }
  const lookups: InferenceLookups = {
    claim: ({ name }) =>
      name === 'labelled' ? { metadata: { labels } } : name === 'bare' ? {} : undefined,
    dataVolume: () => undefined,
    dataSource: ({ namespace, name }) =>
      namespace === 'images' && name === 'os' ? { metadata: { labels } } : undefined,
  }
  const infer = (volumeName: string) =>
    inferFromVolume(
      {
        spec: {
          dataVolumeTemplates: [
            {
              metadata: { name: 'disk' },
              spec: { sourceRef: { kind: 'DataSource', namespace: 'images', name: 'os' } },
            },
          ],
          template: {
            spec: {
              domain: { devices: {} },
              volumes: [
                { name: 'claim', persistentVolumeClaim: { claimName: 'labelled' } },
                { name: 'bare', persistentVolumeClaim: { claimName: 'bare' } },
                { name: 'template', dataVolume: { name: 'disk' } },
                { name: 'image', containerDisk: { image: 'i' } },
              ],
            },
          },
        },
      },
      { choice: 'instancetype', volumeName, namespace: 'n' },
      lookups,
    )
  const found = { name: 'small', kind: 'VirtualMachineInstancetype' }

  test.each([
    ['claim', found],
    ['template', found],
    [
      'bare',
      {
        problem:
          'unable to find required instancetype.kubevirt.io/default-instancetype label on the volume',
        ignorable: true,
      },
    ],
    [
      'image',
      {
        problem: 'unable to infer defaults from volume image as type is not supported',
        ignorable: true,
      },
    ],
    [
      'nowhere',
      { problem: 'unable to find volume nowhere to infer defaults', ignorable: false },
    ],
  ])('%s', (volumeName, expected) => {
    expect(infer(volumeName)).toEqual(expected)
  })
})
