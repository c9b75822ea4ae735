import type { VirtualMachine, Volume } from '../types.ts'
import { processTemplate } from './process-template.ts'
import { virtualMachineOf, type Template } from './template.ts'

/** A template's VM for reading: parameters with a value are filled in, the others stay open. */
export function shownVirtualMachine(template: Template): VirtualMachine | undefined {
  const parameters = (template.parameters ?? []).filter(({ value }) => value)
  const objects = processTemplate({ ...template, parameters }, { random: () => 0 })
  return virtualMachineOf({ ...template, objects })
}

/** What a VM's guest starts from, in the words of its manifest. */
export function bootSourceOf({ spec }: VirtualMachine): string | undefined {
  const { domain, volumes = [] } = spec.template.spec ?? {}
  const disks = (domain?.devices.disks ?? []).toSorted(
    (a, b) => (a.bootOrder ?? Infinity) - (b.bootOrder ?? Infinity) || 0,
  )
  const volume = volumes.find(({ name }) => name === disks[0]?.name)
  if (!volume) return undefined
  const { containerDisk, persistentVolumeClaim, dataVolume } = volume
  if (persistentVolumeClaim) return `PersistentVolumeClaim ${persistentVolumeClaim.claimName}`
  return containerDisk || dataVolume ? volumeSourceOf({ spec }, volume) : undefined
}

/** What a volume of a VM is made of: an image, a claim, or what its DataVolume copies. */
export function volumeSourceOf(
  { spec }: Pick<VirtualMachine, 'spec'>,
  volume: Volume,
): string | undefined {
  const { containerDisk, persistentVolumeClaim, dataVolume, emptyDisk } = volume
  if (containerDisk) return containerDisk.image
  if (persistentVolumeClaim) return persistentVolumeClaim.claimName
  if (emptyDisk) return emptyDisk.capacity
  if (!dataVolume) return undefined
  const made = spec.dataVolumeTemplates?.find(
    ({ metadata }) => metadata?.name === dataVolume.name,
  )
  const { source, sourceRef } = made?.spec ?? {}
  if (sourceRef)
    return `${sourceRef.kind} ${[sourceRef.namespace, sourceRef.name].filter(Boolean).join('/')}`
  if (source?.pvc) return `PersistentVolumeClaim ${source.pvc.namespace}/${source.pvc.name}`
  return source?.http?.url ?? source?.registry?.url ?? `DataVolume ${dataVolume.name}`
}
