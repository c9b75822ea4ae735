import { describe, expect, it } from 'vitest'
import type { MachineSpec } from './cause.ts'
import { instanceCauses, machineCauses } from './rules.ts'

type Change = (spec: MachineSpec) => void

function machine(...changes: Change[]): MachineSpec {
  const spec: MachineSpec = {
    runStrategy: 'Halted',
    template: {
      spec: {
        domain: {
          devices: {
            disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
            interfaces: [{ name: 'default', masquerade: {} }],
          },
          resources: { requests: { memory: '128Mi' } },
        },
        networks: [{ name: 'default', pod: {} }],
        volumes: [{ name: 'rootdisk', containerDisk: { image: 'quay.io/kubevirt/cirros' } }],
      },
    },
  }
  for (const change of changes) change(spec)
  return spec
}

function template(spec: MachineSpec) {
  if (!spec.template.spec) throw new Error('no template')
  return spec.template.spec
}

/** Changes the domain of the template's VMI. */
const domain =
  (change: object): Change =>
  (spec) => {
    Object.assign(template(spec).domain, change)
  }
const devices =
  (change: object): Change =>
  (spec) => {
    Object.assign(template(spec).domain.devices, change)
  }
const instance =
  (change: object): Change =>
  (spec) => {
    Object.assign(template(spec), change)
  }
const spec =
  (change: object): Change =>
  (all) => {
    Object.assign(all, change)
  }
const addVolume =
  (volume: object): Change =>
  (all) => {
    const { domain: target, volumes } = template(all)
    target.devices.disks?.push({ name: 'second', disk: { bus: 'virtio' } })
    volumes?.push({ name: 'second', ...volume })
  }

const causesOf = (spec: MachineSpec) => machineCauses('spec', spec)

const P = 'spec.template.spec'
const DISK = `${P}.domain.devices.disks[0]`
const NIC = `${P}.domain.devices.interfaces[0]`

describe('admission of VMs', () => {
  it('accepts a plain VM, a missing PVC and more cores than any node has', () => {
    expect(causesOf(machine())).toEqual([])
    expect(
      causesOf(machine(addVolume({ persistentVolumeClaim: { claimName: 'none' } }))),
    ).toEqual([])
    expect(causesOf(machine(domain({ cpu: { cores: 100_000 } })))).toEqual([])
  })

  it.each<[what: string, change: Change, message: string, field: string, reason?: string]>([
    [
      'a disk without its volume',
      devices({ disks: [{ name: 'wrong', disk: { bus: 'virtio' } }] }),
      `${DISK}.Name 'wrong' not found.`,
      `${DISK}.name`,
    ],
    [
      'a bus that does not exist',
      devices({ disks: [{ name: 'rootdisk', disk: { bus: 'floppy9' } }] }),
      `${DISK} is set with an unrecognized bus floppy9, must be one of: [virtio scsi sata usb]`,
      `${DISK}.disk.bus`,
    ],
    [
      'an IDE disk',
      devices({ disks: [{ name: 'rootdisk', disk: { bus: 'ide' } }] }),
      'IDE bus is not supported',
      `${DISK}.disk.bus`,
    ],
    [
      'a virtio CD-ROM',
      devices({ disks: [{ name: 'rootdisk', cdrom: { bus: 'virtio' } }] }),
      'Bus type virtio is invalid for CD-ROM device',
      `${DISK}.cdrom.bus`,
    ],
    [
      'two targets for a disk',
      devices({ disks: [{ name: 'rootdisk', disk: {}, cdrom: {} }] }),
      `${DISK} can only have a single target type defined`,
      DISK,
    ],
    [
      'boot order zero',
      devices({ disks: [{ name: 'rootdisk', disk: { bus: 'virtio' }, bootOrder: 0 }] }),
      `${DISK} must have a boot order > 0, if supplied`,
      `${DISK}.bootOrder`,
    ],
    [
      'a boot order used twice',
      devices({
        disks: [{ name: 'rootdisk', disk: { bus: 'virtio' }, bootOrder: 1 }],
        interfaces: [{ name: 'default', masquerade: {}, bootOrder: 1 }],
      }),
      `Boot order for ${NIC}.bootOrder already set for a different device.`,
      `${NIC}.bootOrder`,
    ],
    [
      'a LUN on a container disk',
      devices({ disks: [{ name: 'rootdisk', lun: { bus: 'scsi' } }] }),
      `${DISK}.lun can only be mapped to a DataVolume or PersistentVolumeClaim volume.`,
      `${DISK}.lun`,
    ],
    [
      'masquerade on a Multus network',
      instance({ networks: [{ name: 'default', multus: { networkName: 'br' } }] }),
      'Masquerade interface only implemented with pod network',
      `${NIC}.name`,
    ],
    [
      'a malformed MAC address',
      devices({ interfaces: [{ name: 'default', masquerade: {}, macAddress: 'zz:zz' }] }),
      `interface ${NIC}.name has malformed MAC address (zz:zz).`,
      `${NIC}.macAddress`,
    ],
    [
      'the bridge’s MAC address',
      devices({
        interfaces: [{ name: 'default', masquerade: {}, macAddress: '02:00:00:00:00:00' }],
      }),
      'The requested MAC address is reserved for the in-pod bridge. Please choose another one.',
      `${NIC}.macAddress`,
    ],
    [
      'a network without an interface',
      instance({
        networks: [
          { name: 'default', pod: {} },
          { name: 'lost', multus: { networkName: 'br' } },
        ],
      }),
      `${P}.networks[1].name 'lost' not found.`,
      `${P}.networks[1].name`,
      'FieldValueRequired',
    ],
    [
      'an interface without a network',
      devices({
        interfaces: [
          { name: 'default', masquerade: {} },
          { name: 'lost', bridge: {} },
        ],
      }),
      `${P}.domain.devices.interfaces[1].name 'lost' not found.`,
      `${P}.domain.devices.interfaces[1].name`,
    ],
    [
      'an unknown NIC model',
      devices({ interfaces: [{ name: 'default', masquerade: {}, model: 'tulip' }] }),
      `interface ${NIC}.name uses model tulip that is not supported.`,
      `${NIC}.model`,
      'FieldValueNotSupported',
    ],
    [
      'guest memory above the limit',
      domain({
        memory: { guest: '4Gi' },
        resources: { requests: { memory: '1Gi' }, limits: { memory: '2048Mi' } },
      }),
      `${P}.domain.memory.guest '4Gi' must be equal to or less than the memory limit ${P}.domain.resources.limits.memory '2Gi'`,
      `${P}.domain.memory.guest`,
    ],
    [
      'a memory request above the limit',
      domain({ resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } }),
      `${P}.domain.resources.requests.memory '2Gi' is greater than ${P}.domain.resources.limits.memory '1Gi'`,
      `${P}.domain.resources.requests.memory`,
    ],
    [
      'hardly any memory',
      domain({ resources: { requests: { memory: '64k' } } }),
      `${P}.domain.resources.requests.memory '64k': must be greater than or equal to 1M.`,
      `${P}.domain.resources.requests.memory`,
    ],
    [
      'negative memory',
      domain({ resources: { requests: { memory: '-1Gi' } } }),
      `${P}.domain.resources.requests.memory '-1Gi': must be greater than or equal to 0.`,
      `${P}.domain.resources.requests.memory`,
    ],
    [
      'a CPU request above the limit',
      domain({ resources: { requests: { memory: '1Gi', cpu: '2' }, limits: { cpu: '500m' } } }),
      `${P}.domain.resources.requests.cpu '2' is greater than ${P}.domain.resources.limits.cpu '500m'`,
      `${P}.domain.resources.requests.cpu`,
    ],
    [
      'an isolated emulator thread without dedicated CPUs',
      domain({ cpu: { isolateEmulatorThread: true } }),
      'IsolateEmulatorThread should be only set in combination with DedicatedCPUPlacement',
      `${P}.domain.cpu.isolateEmulatorThread`,
    ],
    [
      'an unknown machine',
      domain({ machine: { type: 'isapc' } }),
      `${P}.domain.machine.type is not supported: isapc (allowed values: [q35* pc-q35* pc])`,
      `${P}.domain.machine.type`,
    ],
    [
      'empty cloud-init data',
      addVolume({ cloudInitNoCloud: {} }),
      `${P}.volumes[1].cloudInitNoCloud must have at least one userdatasource or one networkdatasource set.`,
      `${P}.volumes[1].cloudInitNoCloud`,
    ],
    [
      'large cloud-init data',
      addVolume({ cloudInitNoCloud: { userData: 'x'.repeat(2049) } }),
      `${P}.volumes[1].cloudInitNoCloud userdata exceeds 2048 byte limit. Should use UserDataSecretRef for larger data.`,
      `${P}.volumes[1].cloudInitNoCloud`,
    ],
    [
      'two sources of a volume',
      addVolume({ emptyDisk: { capacity: '1Gi' }, containerDisk: { image: 'x' } }),
      `${P}.volumes[1] must have exactly one source type set`,
      `${P}.volumes[1]`,
    ],
    [
      'an unknown eviction strategy',
      instance({ evictionStrategy: 'Whatever' }),
      `${P}.evictionStrategy is set with an unrecognized option: Whatever`,
      `${P}.evictionStrategy`,
    ],
    [
      'a host name that is none',
      instance({ hostname: 'No_Host' }),
      `${P}.hostname does not conform to the kubernetes DNS_LABEL rules : a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
      `${P}.hostname`,
    ],
    [
      'a probe without a handler',
      instance({ readinessProbe: { periodSeconds: 1 } }),
      `either ${P}.readinessProbe.tcpSocket, ${P}.readinessProbe.exec or ${P}.readinessProbe.httpGet must be set if a ${P}.readinessProbe is specified`,
      `${P}.readinessProbe`,
      'FieldValueRequired',
    ],
    [
      'secure boot without SMM',
      domain({ firmware: { bootloader: { efi: {} } } }),
      `${P}.domain has EFI SecureBoot enabled. SecureBoot requires SMM, which is currently disabled.`,
      `${P}.domain`,
    ],
    [
      'both ways to say whether it runs',
      spec({ running: true }),
      'Running and RunStrategy are mutually exclusive. Note that Running is deprecated, please use RunStrategy instead',
      'spec.running',
    ],
    [
      'an unknown run strategy',
      spec({ runStrategy: 'Sometimes' }),
      'Invalid RunStrategy (Sometimes)',
      'spec.runStrategy',
    ],
    [
      'a template of a data volume that nothing refers to',
      spec({
        dataVolumeTemplates: [
          { metadata: { name: 'lost' }, spec: { storage: {}, source: { blank: {} } } },
        ],
      }),
      "DataVolumeTemplate entry spec.dataVolumeTemplate[0] must be referenced in the VMI template's 'volumes' list",
      'spec.dataVolumeTemplate[0]',
      'FieldValueRequired',
    ],
  ])('refuses %s', (_what, change, message, field, reason = 'FieldValueInvalid') => {
    expect(causesOf(machine(change))).toEqual([{ reason, message, field }])
  })

  it('refuses names used twice, once for each list', () => {
    const twice = machine((all) => {
      const { domain: target, volumes } = template(all)
      target.devices.disks?.push({ name: 'rootdisk', disk: { bus: 'virtio' } })
      volumes?.push({ name: 'rootdisk', containerDisk: { image: 'x' } })
    })
    expect(causesOf(twice).map(({ message }) => message)).toEqual([
      `${P}.domain.devices.disks[1] and ${DISK} must not have the same Name.`,
      `${P}.volumes[1] and ${P}.volumes[0] must not have the same Name.`,
    ])
  })

  it('asks for a run strategy', () => {
    const undecided = machine((all) => {
      delete all.runStrategy
    })
    expect(causesOf(undecided)).toEqual([
      {
        reason: 'FieldValueInvalid',
        message: 'RunStrategy must be specified',
        field: 'spec.running',
      },
    ])
  })
})

describe('admission of VMIs', () => {
  it('asks for memory and for a disk of every volume', () => {
    const spec = template(machine(domain({ resources: {} }), devices({ disks: [] })))
    expect(instanceCauses({ spec }).map(({ message }) => message)).toEqual([
      "spec.domain.volumes[0].name 'rootdisk' not found.",
      "no memory requested, at least one of 'spec.domain.memory.guest', 'spec.domain.memory.hugepages.size' or 'spec.domain.resources.requests.memory' must be set",
    ])
  })
})
