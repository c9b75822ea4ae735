import { shellWord } from '../commands/shell-word.ts'
import { diskOf, volumeOf } from '../create/attachments.ts'
import { dataVolumeTemplateOf } from '../create/data-volume-template.ts'
import { defaultValues } from '../create/defaults.ts'
import { hasStorageClass, type DiskValues } from '../create/storage-values.ts'
import type { GeneralValues } from '../create/values.ts'
import type { DataVolume, Disk, VirtualMachine, Volume } from '../types.ts'

export type HotPlugObstacle = 'notRunning' | 'source' | 'bus'

/**
 * Why a disk cannot be plugged into a running guest: KubeVirt takes claims and DataVolumes only,
 * on the buses scsi and virtio (https://kubevirt.io/user-guide/storage/hotplug_volumes/).
 */
export function hotPlugObstacle(
  { source, bus }: Pick<DiskValues, 'source' | 'bus'>,
  isRunning: boolean,
): HotPlugObstacle | undefined {
  if (!isRunning) return 'notRunning'
  if (source !== 'claim' && !hasStorageClass({ source })) return 'source'
  return bus === 'scsi' || bus === 'virtio' ? undefined : 'bus'
}

export interface HotPlug {
  /** What has to be made before; nothing for a claim that is there. */
  dataVolume: DataVolume | undefined
  options: {
    name: string
    disk: Disk
    volumeSource: Pick<Volume, 'dataVolume' | 'persistentVolumeClaim'>
  }
}

/**
 * What plugging a disk into a VM's running guest sends. What is made for it belongs to the VM, as
 * KubeVirt's own do that come from dataVolumeTemplates. `from` says where its content comes from.
 */
export function hotPlugOf(
  { metadata }: VirtualMachine,
  row: DiskValues,
  from: Partial<GeneralValues> = {},
): HotPlug {
  const { namespace = '', name = '', uid } = metadata ?? {}
  const general = { ...defaultValues(namespace).general, ...from, name }
  const { name: volumeName, ...volumeSource } = volumeOf(row, general)
  const made = hasStorageClass(row) ? dataVolumeTemplateOf(row, general) : undefined
  const owner = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name }
  return {
    dataVolume: made && {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: {
        ...made.metadata,
        namespace,
        ...(uid !== undefined && { ownerReferences: [{ ...owner, uid }] }),
      },
      // The generator names the same enumeration twice.
      spec: made.spec as DataVolume['spec'],
    },
    options: { name: volumeName, disk: diskOf(row, undefined), volumeSource },
  }
}

interface Target {
  namespace: string
  name: string
}

/** The same by virtctl; the volume's claim has to be there. */
export function addVolumeCommand({ options }: HotPlug, { namespace, name }: Target): string {
  const { dataVolume, persistentVolumeClaim } = options.volumeSource
  const claim = dataVolume?.name ?? persistentVolumeClaim?.claimName ?? ''
  const bus = options.disk.disk?.bus ?? 'scsi'
  const flags = `--volume-name=${shellWord(claim)} --bus=${bus} --persist`
  return `virtctl addvolume ${name} --namespace=${namespace} ${flags}`
}

export const removeVolumeCommand = (volume: string, { namespace, name }: Target): string =>
  `virtctl removevolume ${name} --namespace=${namespace} --volume-name=${shellWord(volume)} --persist`
