import { newNic } from './networking-values.ts'
import {
  deviceDefaults,
  operatingSystemOf,
  SAMPLE_OPERATING_SYSTEM,
} from './operating-systems.ts'
import { isProvisioned, rootDisk, type DiskValues } from './storage-values.ts'
import type { GeneralValues, ProvisionSource, VirtualMachineCreateValues } from './values.ts'

/** What the wizard starts with. */
export function defaultValues(namespace: string): VirtualMachineCreateValues {
  return {
    general: {
      namespace,
      name: '',
      description: '',
      displayName: '',
      provider: '',
      template: '',
      source: 'container',
      image: '',
      url: '',
      urlSecret: '',
      urlCertificates: '',
      clone: { namespace, claim: '', bytes: null, usedBy: '' },
      sizing: 'flavor',
      instancetype: '',
      preference: '',
      ...sizeFor(SAMPLE_OPERATING_SYSTEM),
      operatingSystem: SAMPLE_OPERATING_SYSTEM,
      workloadProfile: 'generic',
      startOnCreation: true,
      cloudInit: {
        enabled: false,
        mode: 'fields',
        hostname: '',
        sshKeys: [],
        installGuestAgent: false,
        script: '',
      },
      windows: { drivers: true, unattend: '' },
    },
    networking: { nics: [newNic([], 'virtio')], bootNic: '' },
    storage: withSource({ disks: [], bootDisk: '' }, 'container', 'virtio'),
  }
}

type Size = Pick<
  GeneralValues,
  'flavor' | 'cpus' | 'memory' | 'memoryUnit' | 'memoryRequest' | 'overcommitGuestOverhead'
>

/** The size that goes with an operating system until somebody chooses another. */
export function sizeFor(operatingSystem: string): Size {
  const memory = operatingSystemOf(operatingSystem)?.memory
  return {
    flavor: memory ? 'custom' : 'small',
    cpus: '1',
    memory: memory?.amount ?? '2',
    memoryUnit: memory?.unit ?? 'Gi',
    memoryRequest: '',
    overcommitGuestOverhead: false,
  }
}

const ROOT_DISK_SOURCES = {
  container: 'image',
  url: 'url',
  clonedDisk: 'clone',
  pxe: undefined,
} as const satisfies Record<ProvisionSource, DiskValues['source'] | undefined>

/** The disks after the source was changed: the root disk in front, added ones stay. */
export function withSource(
  { disks, bootDisk }: VirtualMachineCreateValues['storage'],
  source: ProvisionSource,
  bus: DiskValues['bus'],
): VirtualMachineCreateValues['storage'] {
  const old = disks.find(isProvisioned)
  const added = disks.filter((disk) => !isProvisioned(disk))
  const from = ROOT_DISK_SOURCES[source]
  // The network is what it boots from; disks are whatever was added.
  if (from === undefined) {
    return {
      disks: added,
      bootDisk: added.some(({ name }) => name === bootDisk) ? bootDisk : '',
    }
  }
  const fresh = rootDisk(from, old?.bus ?? bus)
  const root = old ? { ...fresh, name: old.name } : fresh
  return { disks: [root, ...added], bootDisk: root.name }
}

/** Disks and NICs with the devices that the operating system has drivers for. */
export function withDevices({
  general,
  networking,
  storage,
}: VirtualMachineCreateValues): Pick<VirtualMachineCreateValues, 'networking' | 'storage'> {
  const { bus, model } = deviceDefaults(general)
  return {
    networking: { ...networking, nics: networking.nics.map((nic) => ({ ...nic, model })) },
    storage: { ...storage, disks: storage.disks.map((disk) => ({ ...disk, bus })) },
  }
}
