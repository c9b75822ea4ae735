import type {
  V1AddVolumeOptions as AddVolumeOptions,
  V1HotplugVolumeSource as HotplugVolumeSource,
  V1RemoveVolumeOptions as RemoveVolumeOptions,
  V1VirtualMachine as VirtualMachine,
  V1VirtualMachineInstance as VirtualMachineInstance,
  V1VirtualMachineInstanceSpec as InstanceSpec,
  V1Volume as Volume,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import { isDryRun, notAcceptable, optionsOf } from './options-body.ts'
import type { SubresourceHandler, SubresourceRequest } from './subresource.ts'
import {
  instanceConflict,
  instanceKey,
  instanceOf,
  isRunning,
  machineConflict,
  machineKey,
  machineOf,
  SUBRESOURCES_API,
} from './virtual-machine-objects.ts'

type Change = (spec: InstanceSpec) => void
type Options = Record<string, unknown>

/** Volumes of the running guest that its VM does not have: they end with the guest. */
const EPHEMERAL = 'kubevirt.io/ephemeral-hotplug-volumes'

/**
 * Disks of a running guest. On a VM they go into its template, and virt-controller brings them to
 * the instance; on an instance they are there until it ends.
 * Source: kubevirt `pkg/virt-api/rest/volumes.go`.
 */
export const volumes: SubresourceHandler[] = [
  handler('virtualmachines', 'addvolume', addVolume),
  handler('virtualmachines', 'removevolume', removeVolume),
  handler('virtualmachineinstances', 'addvolume', addVolume),
  handler('virtualmachineinstances', 'removevolume', removeVolume),
]

function handler(
  resource: string,
  subresource: string,
  read: (options: Options, volumes: Volume[]) => Change | string,
): SubresourceHandler {
  const apply = resource === 'virtualmachines' ? changeMachine : changeInstance
  return {
    ...SUBRESOURCES_API,
    resource,
    subresource,
    scope: 'object',
    namespaced: true,
    methods: ['PUT'],
    discovery: { kind: '' },
    handle: async (request) => {
      const refusal = notAcceptable(request)
      if (refusal) return refusal
      const options = await optionsOf(request)
      await apply(request, options, (present) => read(options, present))
      return { status: 202 }
    },
  }
}

type Decide = (present: Volume[]) => Change | string

async function changeMachine(
  request: SubresourceRequest,
  options: Options,
  decide: Decide,
): Promise<void> {
  const change = (object: KubernetesObject) => {
    const { spec } = (object as VirtualMachine).spec.template
    const decided = decide(spec?.volumes ?? [])
    if (typeof decided === 'string') throw machineConflict(request, decided)
    if (spec) decided(spec)
  }
  const machine = machineOf(request)
  change(structuredClone(machine))
  if (isDryRun(request, options)) return
  await request.services.objects.mutate(machineKey(request), change)
}

async function changeInstance(
  request: SubresourceRequest,
  options: Options,
  decide: Decide,
): Promise<void> {
  const change = (object: KubernetesObject) => {
    const { spec, metadata = {} } = object as VirtualMachineInstance
    const decided = decide(spec.volumes ?? [])
    if (typeof decided === 'string') throw instanceConflict(request, decided)
    const before = new Set(spec.volumes?.map(({ name }) => name))
    decided(spec)
    const names = new Set((metadata.annotations?.[EPHEMERAL] ?? '').split(',').filter(Boolean))
    for (const { name } of spec.volumes ?? []) if (!before.has(name)) names.add(name)
    const annotations = { ...metadata.annotations, [EPHEMERAL]: [...names].join(',') }
    object.metadata = { ...object.metadata, annotations }
  }
  const instance = instanceOf(request)
  if (!isRunning(instance)) throw instanceConflict(request, 'VMI is not running')
  change(structuredClone(instance))
  if (isDryRun(request, options)) return
  await request.services.objects.mutate(instanceKey(request), change)
}

function addVolume(options: Options, present: Volume[]): Change | string {
  const { name, disk, volumeSource } = options as Partial<AddVolumeOptions>
  if (!name) throw statusErrors.badRequest('AddVolumeOptions requires name to be set')
  if (!disk) throw statusErrors.badRequest('AddVolumeOptions requires disk to not be nil')
  if (!volumeSource) {
    throw statusErrors.badRequest('AddVolumeOptions requires VolumeSource to not be nil')
  }
  const source = sourceName(volumeSource)
  for (const volume of present) {
    if (volume.name === name) {
      return `Unable to add volume [${name}] because volume with that name already exists`
    }
    if (source !== undefined && sourceName(volume) === source) {
      return `Unable to add volume source [${source}] because it already exists`
    }
  }
  const { dataVolume, persistentVolumeClaim } = volumeSource
  const volume: Volume = {
    name,
    ...(dataVolume && { dataVolume: { ...dataVolume, hotpluggable: true } }),
    ...(persistentVolumeClaim && {
      persistentVolumeClaim: { ...persistentVolumeClaim, hotpluggable: true },
    }),
  }
  return (spec) => {
    const { devices } = spec.domain
    spec.volumes = [...(spec.volumes ?? []), volume]
    devices.disks = [...(devices.disks ?? []), { ...disk, name }]
  }
}

function removeVolume(options: Options, present: Volume[]): Change | string {
  const { name } = options as Partial<RemoveVolumeOptions>
  if (!name) throw statusErrors.badRequest('RemoveVolumeOptions requires name to be set')
  const found = present.find((volume) => volume.name === name || sourceName(volume) === name)
  if (found === undefined) {
    return `Unable to remove volume [${name}] because it does not exist`
  }
  if (!(found.dataVolume?.hotpluggable ?? found.persistentVolumeClaim?.hotpluggable)) {
    return `Unable to remove volume [${found.name}] because it is not hotpluggable`
  }
  return (spec) => {
    const { devices } = spec.domain
    spec.volumes = (spec.volumes ?? []).filter((volume) => volume.name !== found.name)
    devices.disks = (devices.disks ?? []).filter((disk) => disk.name !== found.name)
  }
}

const sourceName = (source: HotplugVolumeSource | Volume): string | undefined =>
  source.dataVolume?.name ?? source.persistentVolumeClaim?.claimName
