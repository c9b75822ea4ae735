import { parseQuantity } from '@virtdeck/kubernetes'
import type {
  DataVolumeTemplate,
  Disk,
  Network,
  NetworkInterface,
  VirtualMachine,
  VirtualMachineInstanceSpec,
  Volume,
} from '../types.ts'
import { MAX_LABEL } from '../validation/names.ts'
import { userDataOf } from './cloud-init.ts'
import { sizeOfFlavor } from './flavors.ts'
import { POD_NETWORK, type NicValues } from './networking-values.ts'
import { hasStorageClass, type DiskValues } from './storage-values.ts'
import type { GeneralValues, VirtualMachineCreateValues } from './values.ts'
import { dataVolumeNameOf, volumeNameOf } from './volume-name.ts'

export const CLOUD_INIT_DISK = 'cloudinitdisk'

/** What a VM is, in the words of KubeVirt's common templates. */
const WORKLOADS: Record<GeneralValues['workloadProfile'], string> = {
  desktop: 'desktop',
  generic: 'server',
  highPerformance: 'highperformance',
}

/** The objects that the wizard creates, from what was chosen in it; pure. */
export function toManifests(values: VirtualMachineCreateValues): [VirtualMachine] {
  const { general, storage } = values
  const { namespace, name, description } = general
  const dataVolumeTemplates = storage.disks
    .filter(hasStorageClass)
    .map((disk) => dataVolumeTemplate(disk, general))
  return [
    {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: {
        name,
        namespace,
        ...(description.trim() !== '' && { annotations: { description: description.trim() } }),
      },
      spec: {
        runStrategy: general.startOnCreation ? 'Always' : 'Halted',
        ...(dataVolumeTemplates.length > 0 && { dataVolumeTemplates }),
        template: {
          metadata: {
            annotations: {
              'vm.kubevirt.io/flavor': general.flavor,
              'vm.kubevirt.io/os': general.operatingSystem,
              'vm.kubevirt.io/workload': WORKLOADS[general.workloadProfile],
            },
            labels: {
              // Values of labels are shorter than names may be.
              ...(name.length <= MAX_LABEL && { 'kubevirt.io/domain': name }),
              'kubevirt.io/size': general.flavor,
            },
          },
          spec: instanceSpec(values),
        },
      },
    },
  ]
}

function instanceSpec(values: VirtualMachineCreateValues): VirtualMachineInstanceSpec {
  const { general, networking, storage } = values
  const { cpus, memory } = sizeOfFlavor(general)
  const { workloadProfile, cloudInit } = general
  const { nics } = networking
  const userData = userDataOf(cloudInit)
  const hostname = cloudInit.enabled && cloudInit.mode === 'fields' ? cloudInit.hostname : ''
  const cloudInitVolume = { name: CLOUD_INIT_DISK, cloudInitNoCloud: { userData } } as Volume
  const cloudInitDisk: Disk = {
    name: CLOUD_INIT_DISK,
    disk: { bus: storage.disks[0]?.bus ?? 'virtio' },
  }
  return {
    ...(hostname !== '' && { hostname }),
    domain: {
      cpu: { cores: cpus, sockets: 1, threads: 1 },
      memory: { guest: memory },
      ...(workloadProfile === 'highPerformance' && { ioThreadsPolicy: 'shared' }),
      devices: {
        ...(!nics.some(({ network }) => network === POD_NETWORK) && {
          autoattachPodInterface: false,
        }),
        ...(workloadProfile === 'highPerformance' && { networkInterfaceMultiqueue: true }),
        // An absolute pointer: the mouse in the VNC console is where one points.
        ...(workloadProfile === 'desktop' && {
          inputs: [{ name: 'tablet', type: 'tablet', bus: 'usb' }],
        }),
        disks: [
          ...storage.disks.map((disk) => diskOf(disk, storage.bootDisk)),
          ...(userData === undefined ? [] : [cloudInitDisk]),
        ],
        interfaces: nics.map(interfaceOf),
      },
    },
    ...(nics.length > 0 && { networks: nics.map(networkOf) }),
    volumes: [
      ...storage.disks.map((disk) => volumeOf(disk, general)),
      ...(userData === undefined ? [] : [cloudInitVolume]),
    ],
  }
}

const diskOf = ({ name, bus }: DiskValues, bootDisk: string): Disk => ({
  name: volumeNameOf(name),
  disk: { bus },
  ...(name === bootDisk && { bootOrder: 1 }),
})

function volumeOf(disk: DiskValues, { name, image }: GeneralValues): Volume {
  const volume = { name: volumeNameOf(disk.name) }
  switch (disk.source) {
    case 'image':
      return { ...volume, containerDisk: { image } }
    case 'claim':
      return { ...volume, persistentVolumeClaim: { claimName: disk.claim } }
    case 'empty':
      return { ...volume, emptyDisk: { capacity: gibibytes(disk.size) } }
    case 'url':
    case 'blank':
      return { ...volume, dataVolume: { name: dataVolumeNameOf(name, disk.name) } }
  }
}

/** `spec.storage`, not `spec.pvc`: what is left out comes from the class's StorageProfile. */
function dataVolumeTemplate(
  disk: DiskValues,
  { name, url }: GeneralValues,
): DataVolumeTemplate {
  const { accessMode, storageClass, volumeMode } = disk
  return {
    metadata: { name: dataVolumeNameOf(name, disk.name) },
    spec: {
      source: disk.source === 'url' ? { http: { url } } : { blank: {} },
      storage: {
        ...(accessMode !== '' && { accessModes: [accessMode] }),
        resources: { requests: { storage: gibibytes(disk.size) } },
        ...(storageClass !== '' && { storageClassName: storageClass }),
        ...(volumeMode !== '' && { volumeMode }),
      },
    },
  }
}

/** `10Gi`, and `512Mi` for half a GiB: whole numbers are what everybody reads and compares. */
function gibibytes(size: string): string {
  const bytes = parseQuantity(`${Number(size)}Gi`) ?? 0
  return Number.isInteger(Number(size))
    ? `${Number(size)}Gi`
    : `${Math.ceil(bytes / 1024 ** 2)}Mi`
}

function interfaceOf({ name, model, binding, macAddress }: NicValues): NetworkInterface {
  return {
    name,
    model,
    ...(binding === 'masquerade' ? { masquerade: {} } : { bridge: {} }),
    ...(macAddress !== '' && { macAddress }),
  }
}

const networkOf = ({ name, network }: NicValues): Network =>
  network === POD_NETWORK ? { name, pod: {} } : { name, multus: { networkName: network } }
