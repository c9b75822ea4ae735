import { userDataOf } from '../create/cloud-init.ts'
import { gibibytes } from '../create/data-volume-template.ts'
import { memoryRequestOf, sizeOfFlavor } from '../create/flavors.ts'
import { POD_NETWORK } from '../create/networking-values.ts'
import { isWindows } from '../create/operating-systems.ts'
import type { DiskValues } from '../create/storage-values.ts'
import type { GeneralValues, VirtualMachineCreateValues } from '../create/values.ts'
import { dataVolumeNameOf, volumeNameOf } from '../create/volume-name.ts'
import { shellWord } from './shell-word.ts'

/** What `virtctl create vm` has no flag for. */
export type VirtctlGap =
  | 'template'
  | 'description'
  | 'cpus'
  | 'memoryRequest'
  | 'profile'
  | 'nics'
  | 'pxe'
  | 'scratch'
  | 'bus'
  | 'storage'
  | 'comma'
  | 'hostname'
  | 'windows'

type Choice = [gap: VirtctlGap, isChosen: (values: VirtualMachineCreateValues) => boolean]

/*
 * Flags and their parameters:
 * https://github.com/kubevirt/kubevirt/tree/main/pkg/virtctl/create/vm
 */
const GAPS: readonly Choice[] = [
  ['template', ({ general }) => general.template !== ''],
  ['windows', ({ general }) => isWindows(general.operatingSystem)],
  ['pxe', ({ general }) => general.source === 'pxe'],
  ['description', ({ general }) => general.description.trim() !== ''],
  ['cpus', ({ general }) => general.sizing === 'flavor' && sizeOfFlavor(general).cpus !== 1],
  ['memoryRequest', ({ general }) => general.sizing === 'flavor' && hasOvercommit(general)],
  ['profile', ({ general }) => general.workloadProfile !== 'generic'],
  ['hostname', ({ general }) => hasHostname(general.cloudInit)],
  ['nics', (values) => !hasDefaultNic(values)],
  ['scratch', ({ storage }) => storage.disks.some(({ source }) => source === 'empty')],
  // Disks get the interface that the preference or the cluster chooses, whichever that is.
  ['bus', ({ storage }) => storage.disks.some(({ bus }) => bus !== '')],
  ['storage', ({ storage }) => storage.disks.some(hasStorageChoice)],
  // It is what separates the parameters of a flag, and cannot be escaped.
  ['comma', ({ general }) => general.source === 'url' && general.url.includes(',')],
]

const hasOvercommit = (general: GeneralValues): boolean =>
  memoryRequestOf(general) !== undefined ||
  (general.flavor === 'custom' && general.overcommitGuestOverhead)

const hasHostname = ({ enabled, mode, hostname }: GeneralValues['cloudInit']): boolean =>
  enabled && mode === 'fields' && hostname !== ''

const hasStorageChoice = ({ storageClass, accessMode, volumeMode }: DiskValues): boolean =>
  storageClass !== '' || accessMode !== '' || volumeMode !== ''

/** The NIC that virtctl makes: on the pod network, with what the cluster chooses. */
function hasDefaultNic({ general, networking }: VirtualMachineCreateValues): boolean {
  const [nic, ...others] = networking.nics
  if (nic === undefined || others.length > 0) return false
  // KubeVirt's own default is virtio, but a preference comes before it.
  const isPlain = nic.model === '' || (nic.model === 'virtio' && general.preference === '')
  return (
    isPlain &&
    nic.macAddress === '' &&
    nic.network === POD_NETWORK &&
    nic.binding === 'masquerade' &&
    nic.ports.length === 0
  )
}

/** Everything that the command line cannot express; nothing = it can say it all. */
export const virtctlGaps = (values: VirtualMachineCreateValues): VirtctlGap[] =>
  GAPS.filter(([, isChosen]) => isChosen(values)).map(([gap]) => gap)

/** `virtctl create vm` with the same choices; only where `virtctlGaps` finds none. */
export function virtctlCreate(values: VirtualMachineCreateValues): string {
  const { general, storage } = values
  const { namespace, name, startOnCreation } = general
  const userData = userDataOf(general.cloudInit)
  const flags = [
    `--namespace ${namespace}`,
    `--name ${name}`,
    `--run-strategy ${startOnCreation ? 'Always' : 'Halted'}`,
    ...sizeFlags(general),
    ...storage.disks.map((disk) => diskFlag(disk, values)),
    ...(userData === undefined ? [] : [`--cloud-init-user-data ${base64(userData)}`]),
  ]
  return `virtctl create vm \\\n  ${flags.join(' \\\n  ')} \\\n  | kubectl create -f -\n`
}

function sizeFlags(general: GeneralValues): string[] {
  return [
    general.sizing === 'instancetype'
      ? `--instancetype ${matcher(general.instancetype)}`
      : `--memory ${sizeOfFlavor(general).memory}`,
    // Without the flag virtctl takes the preference that the boot disk's claim names.
    general.preference === ''
      ? '--infer-preference=false'
      : `--preference ${matcher(general.preference)}`,
  ]
}

/** `VirtualMachineInstancetype/a` → `virtualmachineinstancetype/a`, as virtctl writes kinds. */
function matcher(reference: string): string {
  const [kind = '', name = ''] = reference.split('/')
  return `${kind.toLowerCase()}/${name}`
}

function diskFlag(disk: DiskValues, { general, storage }: VirtualMachineCreateValues): string {
  const [flag, parameters] = volumeOf(disk, general)
  const order = disk.name === storage.bootDisk ? { bootorder: '1' } : {}
  const pairs = Object.entries({ ...parameters, ...order }).filter(([, value]) => value !== '')
  return `--${flag} ${shellWord(pairs.map(([key, value]) => `${key}:${value}`).join(','))}`
}

type Volume = [flag: string, parameters: Record<string, string>]

function volumeOf({ name, source, size, claim }: DiskValues, general: GeneralValues): Volume {
  const volume = volumeNameOf(name)
  // virtctl gives the volume and its DataVolume one name.
  const made = {
    name: volumeNameOf(dataVolumeNameOf(general.name, name)),
    size: gibibytes(size),
  }
  const { image, url, urlSecret, urlCertificates, clone } = general
  switch (source) {
    case 'image':
      return ['volume-containerdisk', { src: image, name: volume }]
    case 'claim':
      return ['volume-pvc', { src: claim, name: volume }]
    case 'url': {
      const access = { secretref: urlSecret, certconfigmap: urlCertificates }
      return ['volume-import', { type: 'http', url, ...access, ...made }]
    }
    case 'clone': {
      const src = `${clone.namespace}/${clone.claim}`
      return ['volume-import', { type: 'pvc', src, ...made }]
    }
    case 'blank':
      return ['volume-import', { type: 'blank', ...made }]
    case 'empty':
      throw new Error('virtctl cannot make scratch space: see virtctlGaps')
  }
}

const base64 = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
