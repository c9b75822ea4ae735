import { parseQuantity, type KubernetesObject } from '@virtdeck/kubernetes'
import { referenceOf } from '../instancetypes/reference.ts'
import type { Template } from '../templates/template.ts'
import { templateLabels } from '../templates/template-labels.ts'
import type { Disk, NetworkInterface, VirtualMachine, Volume } from '../types.ts'
import { FLAVORS, type Preset } from './flavors.ts'
import { namedBase } from './named-base.ts'
import { POD_NETWORK, type NicValues } from './networking-values.ts'
import {
  newDisk,
  ROOT_DISK,
  rootDisk,
  type DiskSource,
  type DiskValues,
} from './storage-values.ts'
import { WORKLOADS } from './to-manifests.ts'
import type { GeneralValues, VirtualMachineCreateValues } from './values.ts'
import { answersIn, VIRTIO_DRIVERS_DISK } from './windows.ts'

const MEBIBYTE = 1024 ** 2
const GIBIBYTE = 1024 ** 3

/** `a/b,c/d`: container disks that go with a template's operating system. */
const CONTAINER_DISKS = 'template.kubevirt.io/containerdisks'

export interface ChosenTemplate {
  template: Template
  /** Its VM, the parameters filled in, except for the VM's name. */
  base: VirtualMachine
  /** All that it makes, the VM too, where that is known. */
  objects?: readonly KubernetesObject[]
}

/**
 * F-10: the wizard's fields as a template fills them. What identifies the VM (project, name,
 * description) stays as it was typed; what no field shows stays in the template's VM and comes
 * back in `toManifests`.
 */
export function withTemplate(
  values: VirtualMachineCreateValues,
  { template, base: open, objects = [] }: ChosenTemplate,
): VirtualMachineCreateValues {
  // Disks that are named after the VM keep a name of their own when the VM's changes.
  const base = namedBase(open, ROOT_DISK)
  const { namespace = '', name = '' } = template.metadata ?? {}
  const { operatingSystem, workloadProfile } = values.general
  const [system = operatingSystem] = templateLabels(template, 'operatingSystem')
  const [workload] = templateLabels(template, 'workload')
  const networking = networkingOf(base)
  const isPxe = networking.bootNic !== ''
  const storage = storageOf(base)
  return {
    general: {
      ...values.general,
      template: `${namespace}/${name}`,
      operatingSystem: system,
      workloadProfile: profileOf(workload) ?? workloadProfile,
      ...sizeOf(base),
      ...(isPxe ? { source: 'pxe' as const } : sourceOf(base, template)),
      cloudInit: cloudInitOf(base, values.general.cloudInit),
      windows: windowsOf({ base: open, objects }, values.general.windows),
    },
    networking,
    storage,
  }
}

const profileOf = (
  workload: string | undefined,
): GeneralValues['workloadProfile'] | undefined =>
  (Object.keys(WORKLOADS) as GeneralValues['workloadProfile'][]).find(
    (profile) => WORKLOADS[profile] === workload,
  )

type Size = Pick<
  GeneralValues,
  'sizing' | 'instancetype' | 'preference' | 'flavor' | 'cpus' | 'memory' | 'memoryUnit'
>

function sizeOf({ spec }: VirtualMachine): Partial<Size> {
  const { instancetype, preference } = spec
  const chosen = {
    sizing: instancetype ? ('instancetype' as const) : ('flavor' as const),
    instancetype: referenceOf(instancetype, 'Instancetype'),
    preference: referenceOf(preference, 'Preference'),
  }
  if (instancetype) return chosen
  const domain = spec.template?.spec?.domain
  const { sockets = 1, cores = 1, threads = 1 } = domain?.cpu ?? {}
  const requests = domain?.resources?.requests as { memory?: string } | undefined
  const bytes = parseQuantity(domain?.memory?.guest ?? requests?.memory ?? '')
  if (bytes === undefined) return chosen
  const cpus = sockets * cores * threads
  const preset = (Object.keys(FLAVORS) as Preset[]).find(
    (flavor) =>
      FLAVORS[flavor].cpus === cpus && parseQuantity(FLAVORS[flavor].memory) === bytes,
  )
  const isWhole = bytes % GIBIBYTE === 0
  return {
    ...chosen,
    flavor: preset ?? 'custom',
    cpus: String(cpus),
    memory: String(isWhole ? bytes / GIBIBYTE : Math.round(bytes / MEBIBYTE)),
    memoryUnit: isWhole ? 'Gi' : 'Mi',
  }
}

type Source = Pick<GeneralValues, 'source'> &
  Partial<Pick<GeneralValues, 'image' | 'url' | 'urlSecret' | 'urlCertificates' | 'clone'>>

/** Where the boot disk of a template comes from, as far as the wizard knows such a source. */
function sourceOf(base: VirtualMachine, template: Template): Source {
  const disk = bootDiskOf(base)
  const volume = volumesOf(base).find(({ name }) => name === disk?.name)
  if (volume?.containerDisk) return { source: 'container', image: volume.containerDisk.image }
  const source = dataVolumeOf(base, volume)?.spec.source
  if (source?.http) {
    const { url, secretRef = '', certConfigMap = '' } = source.http
    return { source: 'url', url, urlSecret: secretRef, urlCertificates: certConfigMap }
  }
  if (source?.pvc) {
    const { namespace, name: claim } = source.pvc
    return { source: 'clonedDisk', clone: { namespace, claim, bytes: null, usedBy: '' } }
  }
  const images = template.metadata?.annotations?.[CONTAINER_DISKS] ?? ''
  return { source: 'container', image: images.split(/[\s,]+/)[0] ?? '' }
}

const disksOf = ({ spec }: VirtualMachine): Disk[] =>
  spec.template?.spec?.domain.devices.disks ?? []

const volumesOf = ({ spec }: VirtualMachine): Volume[] => spec.template?.spec?.volumes ?? []

const dataVolumeOf = ({ spec }: VirtualMachine, volume: Volume | undefined) =>
  spec.dataVolumeTemplates?.find(({ metadata }) => metadata?.name === volume?.dataVolume?.name)

/** The disk with the lowest boot order, or the first one; CD-ROMs do not count. */
export function bootDiskOf(base: VirtualMachine): Disk | undefined {
  const disks = disksOf(base).filter(({ cdrom }) => !cdrom)
  const ordered = disks.filter(({ bootOrder }) => bootOrder !== undefined)
  return ordered.toSorted((a, b) => (a.bootOrder ?? 0) - (b.bootOrder ?? 0))[0] ?? disks[0]
}

/** Volumes that the first step stands for; the storage step does not list them. */
const isFirstStep = ({
  name,
  cloudInitNoCloud,
  cloudInitConfigDrive,
  sysprep,
}: Volume): boolean =>
  Boolean(cloudInitNoCloud ?? cloudInitConfigDrive ?? sysprep) || name === VIRTIO_DRIVERS_DISK

function storageOf(base: VirtualMachine): VirtualMachineCreateValues['storage'] {
  const boot = bootDiskOf(base)
  const volumes = volumesOf(base).filter((volume) => !isFirstStep(volume))
  const disks = volumes.flatMap((volume) => {
    const disk = disksOf(base).find(({ name }) => name === volume.name)
    return disk ? diskValues(base, { disk, volume, isBoot: disk === boot }) : []
  })
  return {
    disks,
    bootDisk: disks.some(({ name }) => name === boot?.name) ? (boot?.name ?? '') : '',
  }
}

/** A disk of a template's VM as a row of the storage step. */
export function diskValues(
  base: VirtualMachine,
  { disk, volume, isBoot }: { disk: Disk; volume: Volume; isBoot: boolean },
): DiskValues {
  const bus = (disk.disk?.bus ?? disk.cdrom?.bus ?? '') as DiskValues['bus']
  const { name } = volume
  if (volume.containerDisk) return { ...rootDisk('image', bus), name }
  if (volume.persistentVolumeClaim) {
    const { claimName } = volume.persistentVolumeClaim
    return { ...newDisk([], { source: 'claim', bus }), name, claim: claimName }
  }
  if (volume.emptyDisk) {
    const size = gigabytes(volume.emptyDisk.capacity)
    return { ...newDisk([], { source: 'empty', bus }), name, size }
  }
  const { source, storage, pvc } = dataVolumeOf(base, volume)?.spec ?? {}
  const claim = storage ?? pvc
  const requests = claim?.resources?.requests as { storage?: string } | undefined
  return {
    ...newDisk([], { source: sourceOfDisk(source, isBoot), bus }),
    name,
    size: gigabytes(requests?.storage),
    storageClass: claim?.storageClassName ?? '',
    accessMode: (claim?.accessModes?.[0] ?? '') as DiskValues['accessMode'],
    volumeMode: (claim?.volumeMode ?? '') as DiskValues['volumeMode'],
  }
}

/** A boot disk from a source that the wizard does not know starts as the template's image. */
function sourceOfDisk(
  source: { http?: object; pvc?: object; blank?: object } | undefined,
  isBoot: boolean,
): DiskSource {
  if (source?.http) return 'url'
  if (source?.pvc) return 'clone'
  return isBoot && !source?.blank ? 'image' : 'blank'
}

function gigabytes(quantity: string | undefined): string {
  const bytes = parseQuantity(quantity ?? '')
  return bytes === undefined ? '10' : String(Number((bytes / GIBIBYTE).toFixed(2)))
}

function networkingOf(base: VirtualMachine): VirtualMachineCreateValues['networking'] {
  const networks = base.spec.template?.spec?.networks ?? []
  const interfaces = base.spec.template?.spec?.domain.devices.interfaces ?? []
  const nics = interfaces.map((each) => {
    const network = networks.find(({ name }) => name === each.name)
    return nicValuesOf(each, network?.multus?.networkName ?? POD_NETWORK)
  })
  return { nics, bootNic: interfaces.find(({ bootOrder }) => bootOrder === 1)?.name ?? '' }
}

/** A NIC of a template's VM as a row of the networking step. */
export const nicValuesOf = (nic: NetworkInterface, network: string): NicValues => ({
  name: nic.name,
  model: (nic.model ?? '') as NicValues['model'],
  network,
  binding: nic.masquerade ? 'masquerade' : nic.sriov ? 'sriov' : 'bridge',
  macAddress: nic.macAddress ?? '',
  ports: (nic.ports ?? []).map(({ port, protocol }) => ({
    port: String(port),
    protocol: protocol === 'UDP' ? 'UDP' : 'TCP',
  })),
})

function cloudInitOf(
  base: VirtualMachine,
  typed: GeneralValues['cloudInit'],
): GeneralValues['cloudInit'] {
  const volume = volumesOf(base).find(
    ({ cloudInitNoCloud, cloudInitConfigDrive }) => cloudInitNoCloud ?? cloudInitConfigDrive,
  )
  const script = (volume?.cloudInitNoCloud ?? volume?.cloudInitConfigDrive)?.userData
  // What somebody typed is worth more than what a template proposes.
  if (script === undefined || typed.enabled) return typed
  return { ...typed, enabled: true, mode: 'script', script }
}

/** The answer file is an object of its own, beside the VM. */
function windowsOf(
  { base, objects }: { base: VirtualMachine; objects: readonly KubernetesObject[] },
  typed: GeneralValues['windows'],
): GeneralValues['windows'] {
  const name = volumesOf(base).find(({ sysprep }) => sysprep)?.sysprep?.configMap?.name
  const answers = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata?.name === name,
  )
  if (typed.unattend !== '' || name === undefined || !answers) return typed
  return { ...typed, unattend: answersIn(answers) }
}
