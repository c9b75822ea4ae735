import { userDataOf } from '../create/cloud-init.ts'
import { gibibytes } from '../create/data-volume-template.ts'
import { sizeOfFlavor } from '../create/flavors.ts'
import { POD_NETWORK } from '../create/networking-values.ts'
import { isWindows } from '../create/operating-systems.ts'
import type { DiskValues } from '../create/storage-values.ts'
import type { GeneralValues, VirtualMachineCreateValues } from '../create/values.ts'

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
  | 'url'
  | 'hostname'
  | 'windows'

type Choice = [gap: VirtctlGap, isChosen: (values: VirtualMachineCreateValues) => boolean]

const GAPS: readonly Choice[] = [
  ['template', ({ general }) => general.template !== ''],
  ['description', ({ general }) => general.description.trim() !== ''],
  ['cpus', ({ general }) => general.sizing === 'flavor' && sizeOfFlavor(general).cpus !== 1],
  [
    'memoryRequest',
    ({ general }) => general.memoryRequest !== '' || general.overcommitGuestOverhead,
  ],
  ['profile', ({ general }) => general.workloadProfile !== 'generic'],
  ['nics', ({ networking }) => !hasDefaultNic(networking)],
  ['pxe', ({ general }) => general.source === 'pxe'],
  ['scratch', ({ storage }) => storage.disks.some(({ source }) => source === 'empty')],
  ['url', ({ general }) => general.source === 'url' && general.urlCertificates !== ''],
  ['hostname', ({ general: { cloudInit } }) => cloudInit.enabled && cloudInit.hostname !== ''],
  ['windows', ({ general }) => isWindows(general.operatingSystem)],
]

/** The NIC that virtctl makes: on the pod network, with what KubeVirt chooses. */
function hasDefaultNic({ nics }: VirtualMachineCreateValues['networking']): boolean {
  const [nic] = nics
  if (nics.length !== 1 || nic === undefined) return false
  const isPlain = ['', 'virtio'].includes(nic.model) && nic.macAddress === ''
  return (
    isPlain &&
    nic.network === POD_NETWORK &&
    nic.binding === 'masquerade' &&
    nic.ports.length === 0
  )
}

/** The first choice that the command line cannot express; undefined = it can say everything. */
export const virtctlGap = (values: VirtualMachineCreateValues): VirtctlGap | undefined =>
  GAPS.find(([, isChosen]) => isChosen(values))?.[0]

/** `virtctl create vm` with the same choices; only where `virtctlGap` finds none. */
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
  const size =
    general.sizing === 'instancetype'
      ? `--instancetype ${matcher(general.instancetype)}`
      : `--memory ${sizeOfFlavor(general).memory}`
  return [
    size,
    ...(general.preference === '' ? [] : [`--preference ${matcher(general.preference)}`]),
  ]
}

/** `VirtualMachineInstancetype/a` → `virtualmachineinstancetype/a`, as virtctl writes kinds. */
function matcher(reference: string): string {
  const [kind = '', name = ''] = reference.split('/')
  return `${kind.toLowerCase()}/${name}`
}

function diskFlag(
  { name, source, size, storageClass, claim }: DiskValues,
  { general, storage }: VirtualMachineCreateValues,
): string {
  const order = name === storage.bootDisk ? ',bootorder:1' : ''
  const made = `,size:${gibibytes(size)}${storageClass === '' ? '' : `,storage-class:${storageClass}`}`
  const { image, url, urlSecret, clone } = general
  const secret = urlSecret === '' ? '' : `,secretref:${urlSecret}`
  switch (source) {
    case 'image':
      return `--volume-containerdisk src:${image},name:${name}${order}`
    case 'claim':
      return `--volume-pvc src:${claim},name:${name}${order}`
    case 'url':
      return `--volume-import type:http,url:${url},name:${name}${made}${secret}${order}`
    case 'clone':
      return `--volume-import type:pvc,src:${clone.namespace}/${clone.claim},name:${name}${made}${order}`
    case 'blank':
    case 'empty':
      return `--volume-import type:blank,name:${name}${made}${order}`
  }
}

const base64 = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
