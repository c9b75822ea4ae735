import { describe, expect, it } from 'vitest'
import { type Circumstances, refusal } from '../testing/refusal.ts'

type Row = [what: string, object: object, causes: string[], circumstances?: Circumstances]

const named = (name: string, rest: object = {}) => ({ metadata: { name }, ...rest })
const domain = (change: object = {}) => ({
  devices: {},
  resources: { requests: { memory: '64Mi' } },
  ...change,
})
const instance = (change: object = {}) => ({ domain: domain(), ...change })
const machine = (spec: object = {}, more: object = {}) => ({
  spec: { runStrategy: 'Halted', template: { spec: instance(spec) }, ...more },
})
const devices = (change: object, more: object = {}) =>
  machine({ domain: domain({ devices: change }), ...more })
const disk = (change: object, volume: object = { containerDisk: { image: 'i' } }) =>
  devices(
    { disks: [{ name: 'a', disk: { bus: 'virtio' }, ...change }] },
    { volumes: [{ name: 'a', ...volume }] },
  )
const volume = (source: object) => disk({}, source)
const gates = (...featureGates: string[]): Circumstances => ({
  existing: {
    'kubevirts.kubevirt.io': [
      named('kubevirt', {
        spec: { configuration: { developerConfiguration: { featureGates } } },
      }),
    ],
  },
})

const P = 'spec.template.spec'
const DISKS = `${P}.domain.devices.disks`
const CPU = `${P}.domain.cpu`

describe('a VM may not have', () => {
  it.each<Row>([
    [
      'a serial number with a space',
      disk({ serial: 'a b' }),
      [
        `${DISKS}[0].serial: ${DISKS}[0] must be made up of the following characters [A-Za-z0-9_.+-], if specified`,
      ],
    ],
    [
      'a serial number that is too long',
      disk({ serial: 'a'.repeat(257) }),
      [
        `${DISKS}[0].serial: ${DISKS}[0] must be less than or equal to 256 in length, if specified`,
      ],
    ],
    [
      'an unknown cache mode',
      disk({ cache: 'maybe' }),
      [`${DISKS}[0].cache: ${DISKS}[0].cache has invalid value maybe`],
    ],
    [
      'an unknown IO mode',
      disk({ io: 'slow' }),
      [
        `${DISKS}.domain.devices.disks[0].io: Disk IO mode for ${DISKS} is not supported. Supported modes are: native, threads.`,
      ],
    ],
    [
      'an unknown error policy',
      disk({ errorPolicy: 'cry' }),
      [`${DISKS}[0].errorPolicy: ${DISKS}[0].errorPolicy has invalid value "cry"`],
    ],
    [
      'a PCI address of a disk that is none',
      disk({ disk: { bus: 'virtio', pciAddress: '0:0' } }),
      [
        `${DISKS}.domain.devices.disks.disk[0].pciAddress: disk ${DISKS}.domain.devices.disks.disk[0].name has malformed PCI address (0:0).`,
      ],
    ],
    [
      'a read-only SATA disk',
      disk({ disk: { bus: 'sata', readonly: true } }),
      [`${DISKS}[0].disk.bus: sata hard-disks do not support read-only.`],
    ],
    [
      'a thread of its own for a SATA disk',
      disk({ disk: { bus: 'sata' }, dedicatedIOThread: true }),
      [`${DISKS}.domain.devices.disks[0]: IOThreads are not supported for disks on a sata bus`],
    ],
    [
      'a block size that is no power of two',
      disk({ blockSize: { custom: { logical: 513, physical: 1024 } } }),
      [`${DISKS}[0].blockSize.custom.logical: Provided size of 513 is not a power of 2`],
    ],
    [
      'host disks',
      volume({ hostDisk: { path: '', type: 'Magic' } }),
      [
        `${P}.volumes[0]: HostDisk feature gate is not enabled`,
        `${P}.volumes[0].hostDisk.path: ${P}.volumes[0].hostDisk.path is required for hostDisk volume`,
        `${P}.volumes[0].hostDisk.type: ${P}.volumes[0].hostDisk.type has invalid value 'Magic', allowed are 'Disk' or 'DiskOrCreate'`,
      ],
    ],
    [
      'a path in an image that goes up',
      volume({ containerDisk: { image: 'i', path: '/a/../b' } }),
      [
        `${P}.volumes[0].containerDisk: ${P}.volumes[0].containerDisk must be an absolute path to a file without relative components`,
      ],
    ],
    [
      'a config map, secret or account without a name',
      machine({
        domain: domain({
          devices: {
            disks: ['a', 'b', 'c'].map((name) => ({ name, disk: { bus: 'virtio' } })),
          },
        }),
        volumes: [
          { name: 'a', configMap: {} },
          { name: 'b', secret: {} },
          { name: 'c', serviceAccount: {} },
        ],
      }),
      [
        `${P}.volumes[0].configMap.name: ${P}.volumes[0].configMap.name is a required field`,
        `${P}.volumes[1].secret.secretName: ${P}.volumes[1].secret.secretName is a required field`,
        `${P}.volumes[2].serviceAccount.serviceAccountName: ${P}.volumes[2].serviceAccount.serviceAccountName is a required field`,
      ],
    ],
    [
      'a data volume without a name',
      volume({ dataVolume: { name: '' } }),
      [`${P}.volumes[0].name: DataVolume 'name' must be set`],
    ],
    [
      'two kinds of user data',
      volume({ cloudInitNoCloud: { userData: 'a', userDataBase64: 'YQ==' } }),
      [
        `${P}.volumes[0].cloudInitNoCloud: ${P}.volumes[0].cloudInitNoCloud must have only one userdatasource set.`,
      ],
    ],
    [
      'network data that is no base64',
      volume({ cloudInitConfigDrive: { networkDataBase64: '!' } }),
      [
        `${P}.volumes[0].cloudInitConfigDrive.networkDataBase64: ${P}.volumes[0].cloudInitConfigDrive.networkDataBase64.cloudInitConfigDrive.networkDataBase64 is not a valid base64 value.`,
      ],
    ],
    [
      'metrics for the guest',
      volume({ downwardMetrics: {} }),
      [
        `${P}.volumes[0]: downwardMetrics disks are not allowed: DownwardMetrics feature gate is not enabled.`,
      ],
    ],
    [
      'real-time CPUs without CPUs of its own',
      machine({ domain: domain({ cpu: { realtime: {} } }) }),
      [
        `${CPU}.dedicatedCpuPlacement: ${CPU}.dedicatedCpuPlacement must be set to true when ${CPU}.realtime is used`,
        `${CPU}.numa.guestMappingPassthrough: ${CPU}.numa.guestMappingPassthrough must be defined when ${CPU}.realtime is used`,
      ],
    ],
    [
      'a NUMA mapping without CPUs of its own and huge pages',
      machine({ domain: domain({ cpu: { numa: { guestMappingPassthrough: {} } } }) }),
      [
        `${CPU}.numa.guestMappingPassthrough: ${CPU}.dedicatedCpuPlacement must be set to true when NUMA topology strategy is set in ${CPU}.numa.guestMappingPassthrough`,
        `${CPU}.numa.guestMappingPassthrough: ${P}.domain.memory.hugepages must be requested when NUMA topology strategy is set in ${CPU}.numa.guestMappingPassthrough`,
      ],
    ],
    [
      'dedicated CPUs of an unknown number',
      machine({ domain: domain({ cpu: { dedicatedCpuPlacement: true } }) }),
      [
        `${CPU}.dedicatedCpuPlacement: either ${P}.domain.resources.requests.cpu or ${P}.domain.resources.limits.cpu or ${CPU}.cores must be provided when DedicatedCPUPlacement is true `,
      ],
    ],
    [
      'more sockets than sockets',
      machine({ domain: domain({ cpu: { sockets: 3, maxSockets: 2 } }) }),
      [
        `${CPU}.sockets: Number of sockets in CPU topology is greater than the maximum sockets allowed`,
      ],
    ],
    [
      'a CPU feature with a policy of its own',
      machine({ domain: domain({ cpu: { features: [{ name: 'vmx', policy: 'perhaps' }] } }) }),
      [`${CPU}.features[0].policy: CPU feature vmx uses policy perhaps that is not supported.`],
    ],
    [
      'huge pages larger than its memory',
      machine({ domain: domain({ memory: { hugepages: { pageSize: '1Gi' } } }) }),
      [
        `${P}.domain.resources.requests.memory: ${P}.domain.resources.requests.memory '64Mi' must be equal to or larger than page size ${P}.domain.hugepages.size '1Gi'`,
      ],
    ],
    [
      'another architecture',
      machine({ architecture: 'arm64' }),
      [
        `${P}.architecture: MultiArchitecture feature gate is not enabled in kubevirt-config, invalid entry ${P}.architecture`,
      ],
    ],
    [
      'an affinity without terms',
      machine({
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] },
          },
        },
      }),
      [
        `${P}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: ${P}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term`,
      ],
    ],
    [
      'a pool of no IO threads',
      machine({ domain: domain({ ioThreadsPolicy: 'supplementalPool' }) }),
      [
        `${P}.domain.ioThreads.count: the number of iothreads needs to be set and positive for the dedicated policy`,
      ],
    ],
    [
      'an unknown IO threads policy',
      machine({ domain: domain({ ioThreadsPolicy: 'many' }) }),
      [`${P}.domain.ioThreadsPolicy: Invalid IOThreadsPolicy (many)`],
    ],
    [
      'an input device of an unknown type and bus',
      devices({ inputs: [{ name: 'i', type: 'mouse', bus: 'ps2' }] }),
      [
        `${P}.domain.devices.inputs[0].bus: Input device can have only virtio or usb bus.`,
        `${P}.domain.devices.inputs[0].type: Input device can have only tablet type.`,
      ],
    ],
    [
      'an unknown sound card without a name',
      devices({ sound: { name: '', model: 'sb16' } }),
      [
        `${P}.Sound: Sound device type is not supported. Options: 'ich9' or 'ac97'`,
        `${P}.Sound: Sound device requires a name field.`,
      ],
    ],
    [
      'host devices',
      devices({ hostDevices: [{ name: 'h', deviceName: 'd' }] }),
      [`${P}.HostDevices: Host Devices feature gate is not enabled in kubevirt-config`],
    ],
    [
      'a socket to the host',
      devices({ autoattachVSOCK: true }),
      [
        `${P}.domain.devices.autoattachVSOCK: VSOCK feature gate is not enabled in kubevirt-config`,
      ],
    ],
    [
      'a shared directory',
      devices(
        { filesystems: [{ name: 'a', virtiofs: {} }] },
        { volumes: [{ name: 'a', persistentVolumeClaim: { claimName: 'c' } }] },
      ),
      [
        `${P}.domain.devices.filesystems: virtiofs is not allowed: virtiofs feature gate is not enabled for PVC`,
      ],
    ],
    [
      'an unknown panic device, where there may be any',
      devices({ panicDevices: [{ model: 'smoke' }] }),
      [`${P}.domain.devices.panicDevices[0].model: invalid PanicDeviceModel(smoke)`],
      gates('PanicDevices'),
    ],
    [
      'an encrypted guest',
      machine({ domain: domain({ launchSecurity: { sev: {} } }) }),
      [
        `${P}.launchSecurity: WorkloadEncryptionSEV feature gate is not enabled in kubevirt-config`,
      ],
    ],
    [
      'an encrypted guest with a BIOS, where it could be encrypted',
      machine({ domain: domain({ launchSecurity: { sev: {} } }) }),
      [`${P}.launchSecurity: SEV requires OVMF (UEFI)`],
      gates('WorkloadEncryptionSEV'),
    ],
    [
      'ACPI tables from nowhere',
      machine({ domain: domain({ firmware: { acpi: { slicNameRef: 'a' } } }) }),
      [`${P}.acpi.slicNameRef: ${P}.acpi does not have a matching Volume.`],
    ],
    [
      'arguments for no kernel',
      machine({ domain: domain({ firmware: { kernelBoot: { kernelArgs: 'a' } } }) }),
      [
        `${P}.domain.firmware.kernelBoot.kernelArgs: kernel arguments cannot be provided without an external kernel`,
      ],
    ],
    [
      'a kernel from no image',
      machine({ domain: domain({ firmware: { kernelBoot: { container: { image: '' } } } }) }),
      [
        `${P}.domain.firmware.kernelBoot.container.image: ${P}.domain.firmware.kernelBoot.container must be defined with an image`,
        `${P}.domain.firmware.kernelBoot.container: ${P}.domain.firmware.kernelBoot.container must be defined with at least one of the following: kernelPath, initrdPath`,
      ],
    ],
    [
      'both kinds of firmware',
      machine({
        domain: domain({
          firmware: { bootloader: { bios: {}, efi: { secureBoot: false } } },
        }),
      }),
      [
        `${P}.domain.firmware.bootloader: ${P}.domain.firmware.bootloader has both EFI and BIOS configured, but they are mutually exclusive.`,
      ],
    ],
    [
      'name servers that are none',
      machine({ dnsPolicy: 'None', dnsConfig: { nameservers: ['here'] } }),
      ['nameservers: must be valid IP address: here'],
    ],
    [
      'no name server of its own',
      machine({ dnsPolicy: 'None', dnsConfig: {} }),
      ['nameservers: must provide at least one DNS nameserver when `dnsPolicy` is None'],
    ],
    [
      'an unknown start strategy',
      machine({ startStrategy: 'Slow' }),
      [`${P}.startStrategy: ${P}.startStrategy is set with an unrecognized option: Slow`],
    ],
    [
      'a probe of the pod network that it does not have',
      machine({ readinessProbe: { tcpSocket: { port: 22 } } }),
      [
        `${P}.readinessProbe.tcpSocket: ${P}.readinessProbe.tcpSocket is only allowed if the Pod Network is attached`,
      ],
    ],
    [
      'an SSH key for cloud-init that it does not have',
      machine({
        accessCredentials: [
          {
            sshPublicKey: {
              source: { secret: { secretName: 's' } },
              propagationMethod: { noCloud: {} },
            },
          },
        ],
      }),
      [
        `${P}.accessCredentials[0].sshPublicKey.propagationMethod: ${P}.accessCredentials[0] requires a noCloud volume to exist when the noCloud propagationMethod is in use.`,
      ],
    ],
    [
      'two pod networks',
      devices(
        {
          interfaces: [
            { name: 'a', masquerade: {} },
            { name: 'b', masquerade: {} },
          ],
        },
        {
          networks: [
            { name: 'a', pod: {} },
            { name: 'b', pod: {} },
          ],
        },
      ),
      [
        `${P}.interfaces: more than one interface is connected to a pod network in ${P}.interfaces`,
      ],
    ],
    [
      'a network of no type',
      devices({ interfaces: [{ name: 'a', bridge: {} }] }, { networks: [{ name: 'a' }] }),
      [`${P}.networks[0]: should have a network type`],
    ],
    [
      'port zero',
      devices(
        { interfaces: [{ name: 'a', masquerade: {}, ports: [{ port: 0 }] }] },
        { networks: [{ name: 'a', pod: {} }] },
      ),
      [`${P}.domain.devices.interfaces[0].ports[0]: Port field is mandatory.`],
    ],
    [
      'a label of KubeVirt’s own',
      {
        spec: {
          runStrategy: 'Halted',
          template: {
            metadata: { labels: { 'kubevirt.io/created-by': 'me' } },
            spec: instance(),
          },
        },
      },
      [
        'spec.template.metadata.labels: creation of the following reserved kubevirt.io/ labels on a VMI object is prohibited',
      ],
    ],
    [
      'hooks beside it',
      {
        spec: {
          runStrategy: 'Halted',
          template: {
            metadata: { annotations: { 'hooks.kubevirt.io/hookSidecars': '[]' } },
            spec: instance(),
          },
        },
      },
      [
        'spec.template.metadata.annotations: sidecar feature gate is not enabled in kubevirt-config, invalid entry spec.template.metadata.annotations.hooks.kubevirt.io/hookSidecars',
      ],
    ],
    [
      'an instance type that does not exist',
      machine({ domain: { devices: {} } }, { instancetype: { name: 'u1.small' } }),
      [
        'spec.instancetype: Failure to find instancetype: virtualmachineclusterinstancetypes.instancetype.kubevirt.io "u1.small" not found',
      ],
    ],
    [
      'what its instance type has',
      machine(
        { domain: { devices: {}, cpu: { cores: 2 }, memory: { guest: '1Gi' } } },
        { instancetype: { name: 'u1.small' } },
      ),
      [
        `${CPU}.cores: VM field(s) ${CPU}.cores conflicts with selected instance type`,
        `${P}.domain.memory.guest: VM field(s) ${P}.domain.memory.guest conflicts with selected instance type`,
      ],
      {
        existing: {
          'virtualmachineclusterinstancetypes.instancetype.kubevirt.io': [
            named('u1.small', { spec: { cpu: { guest: 1 }, memory: { guest: '2Gi' } } }),
          ],
        },
      },
    ],
    [
      'an instance type too small for its preference',
      machine(
        { domain: { devices: {} } },
        { instancetype: { name: 'u1.small' }, preference: { name: 'large' } },
      ),
      [
        'spec.instancetype: failure checking preference requirements: insufficient CPU resources of 1 vCPU provided by instance type, preference requires 2 vCPU',
      ],
      {
        existing: {
          'virtualmachineclusterinstancetypes.instancetype.kubevirt.io': [
            named('u1.small', { spec: { cpu: { guest: 1 }, memory: { guest: '2Gi' } } }),
          ],
          'virtualmachineclusterpreferences.instancetype.kubevirt.io': [
            named('large', { spec: { requirements: { cpu: { guest: 2 } } } }),
          ],
        },
      },
    ],
    [
      'a data volume in another namespace',
      machine(
        {
          domain: domain({ devices: { disks: [{ name: 'a', disk: { bus: 'virtio' } }] } }),
          volumes: [{ name: 'a', dataVolume: { name: 'd' } }],
        },
        {
          dataVolumeTemplates: [
            {
              metadata: { name: 'd', namespace: 'other' },
              spec: { storage: {}, source: { blank: {} } },
            },
          ],
        },
      ),
      [
        'spec.dataVolumeTemplates[0]: Embedded DataVolume namespace other differs from VM namespace development',
      ],
    ],
    [
      'memory that grows by odd steps, where it may grow',
      machine({
        domain: { devices: {}, memory: { guest: '1000k', maxGuest: '4Gi' } },
      }),
      [`${P}.domain.memory.guest: Guest memory must be 2Mi aligned`],
      {
        existing: {
          'kubevirts.kubevirt.io': [
            named('kubevirt', { spec: { configuration: { vmRolloutStrategy: 'LiveUpdate' } } }),
          ],
        },
      },
    ],
    [
      'a start during a restore',
      { ...machine({}, { runStrategy: 'Always' }), status: { restoreInProgress: 'r' } },
      ['spec: Cannot start VM until restore "r" completes'],
      { old: { ...machine(), status: { restoreInProgress: 'r' } } },
    ],
  ])('%s', (_what, object, causes, circumstances) => {
    expect(refusal('VirtualMachine', object, circumstances)?.causes).toEqual(causes)
  })

  it('anything wrong: a plain one passes, and open gates let devices in', () => {
    expect(refusal('VirtualMachine', machine())).toBeUndefined()
    const device = devices({ hostDevices: [{ name: 'h', deviceName: 'd' }] })
    expect(refusal('VirtualMachine', device, gates('HostDevices'))).toBeUndefined()
  })
})
