import { RESOURCES } from '@virtdeck/kubernetes'
import {
  addVolumeCommand,
  dataVolumeNameOf,
  defaultValues,
  editDisks,
  hasStorageClass,
  hotPlugObstacle,
  hotPlugOf,
  newDisk,
  patchCommand,
  patchOf,
  templateDisks,
  type DiskSource,
  type HotPlug,
  type HotPlugObstacle,
  type ProvisionSource,
  type VirtualMachine,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { toYaml } from '../../yaml-editor/object-document.ts'
import type { FieldProblem } from '../fields/form-problems.ts'
import { useListedObjects } from '../fields/use-listed-objects.ts'
import { CloneFields } from '../virtual-machine-create/CloneFields.tsx'
import { DiskFields } from '../virtual-machine-create/DiskFields.tsx'
import { ImageField } from '../virtual-machine-create/SourceFields.tsx'
import { UrlFields } from '../virtual-machine-create/UrlFields.tsx'
import { DeviceDialog, type DevicePlan } from './DeviceDialog.tsx'
import { useSaveChange } from './use-save-change.ts'

/** The wizard's word for where the content of a disk comes from. */
const PROVISION: Partial<Record<DiskSource, ProvisionSource>> = {
  image: 'container',
  url: 'url',
  clone: 'clonedDisk',
}

const SOURCE_PATHS: Partial<Record<DiskSource, readonly string[]>> = {
  image: ['general.image'],
  url: ['general.url', 'general.urlSecret', 'general.urlCertificates'],
  clone: ['general.clone'],
}

interface AddDiskDialogProps {
  virtualMachine: VirtualMachine
  /** There is a guest, though it may still be on its way up or down. */
  hasGuest: boolean
  isRunning: boolean
  /** Whether the user may plug disks into running guests. */
  mayPlug: boolean
  source: DiskSource
  onClose: () => void
}

/** F-31: a disk more; the running guest gets it at once where KubeVirt can. */
export function AddDiskDialog(props: AddDiskDialogProps) {
  const { virtualMachine, hasGuest, isRunning, mayPlug, source, onClose } = props
  const { t } = useTranslation()
  const saveChange = useSaveChange()
  const { namespace = '', name: owner = '' } = virtualMachine.metadata ?? {}
  const target = { namespace, name: owner }
  const [initial] = useState(() => {
    const rows = templateDisks(virtualMachine).map(({ values }) => values)
    const added = newDisk(rows, { source, bus: isRunning ? 'scsi' : 'virtio' })
    const values = defaultValues(namespace)
    const storage = { disks: [...rows, added], bootDisk: '' }
    const general = { ...values.general, name: owner, source: PROVISION[source] ?? 'pxe' }
    return {
      index: rows.length,
      values: {
        ...values,
        general: { ...general, clone: { ...general.clone, namespace } },
        storage,
      },
    }
  })
  const path = `storage.disks.${initial.index}`
  const claims = useListedObjects(RESOURCES.persistentVolumeClaims, namespace)
  const dataVolumes = useListedObjects(RESOURCES.dataVolumes, namespace)
  // KubeVirt takes what is there under the name, with all that is on it.
  const problemsIn = ({ storage }: VirtualMachineCreateValues): FieldProblem[] => {
    const row = storage.disks[initial.index]
    if (!row || !hasStorageClass(row)) return []
    const name = dataVolumeNameOf(owner, row.name)
    const isTaken = [...claims.names, ...dataVolumes.names].includes(name)
    if (!isTaken) return []
    const message = t('devices.claimExists', { name })
    return [{ path: `${path}.name`, message, isMissing: false }]
  }
  const noteFor = (obstacle: HotPlugObstacle | undefined): string => {
    if (obstacle === undefined) return t('devices.mayNotPlug')
    // Not up yet: the guest that is starting has its disks already.
    if (obstacle === 'notRunning' && hasGuest) return t('devices.afterRestart')
    return t(`devices.obstacle.${obstacle}`)
  }
  const planOf = ({ storage, general }: VirtualMachineCreateValues): DevicePlan => {
    const row = storage.disks[initial.index] ?? newDisk([], { source, bus: 'virtio' })
    const obstacle = hotPlugObstacle(row, isRunning)
    if (obstacle === undefined && mayPlug) {
      const plug = hotPlugOf(virtualMachine, row, general)
      const made = plug.dataVolume
        ? `kubectl apply -f - <<EOF\n${toYaml(plug.dataVolume)}EOF\n`
        : ''
      return {
        name: row.name,
        note: t('devices.plugs'),
        command: made + addVolumeCommand(plug, target),
        run: () => plugIn(plug, target),
      }
    }
    const change = (machine: VirtualMachine) =>
      editDisks(machine, { kind: 'add', row }, { ...general, name: owner })
    return {
      name: row.name,
      note: noteFor(obstacle),
      command: commandFor(virtualMachine, change),
      run: () => saveChange(virtualMachine, change),
      sent: change(virtualMachine),
    }
  }
  return (
    <DeviceDialog
      title={t('devices.addDiskTo', { name: owner })}
      values={initial.values}
      paths={[path, ...(SOURCE_PATHS[source] ?? [])]}
      problemsIn={problemsIn}
      planOf={planOf}
      fields={
        <>
          {source === 'image' && <ImageField />}
          {source === 'url' && <UrlFields />}
          {source === 'clone' && <CloneFields />}
          <DiskFields index={initial.index} />
        </>
      }
      onClose={onClose}
    />
  )
}

/** A name that was taken meanwhile is refused by the write, not while typing. */
function commandFor(
  virtualMachine: VirtualMachine,
  change: (virtualMachine: VirtualMachine) => VirtualMachine,
): string {
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  return patchCommand(patchOf(virtualMachine, change(virtualMachine)), { namespace, name })
}

async function plugIn(
  { dataVolume, options }: HotPlug,
  target: { namespace: string; name: string },
): Promise<void> {
  const made = dataVolume && (await kubernetes.create(RESOURCES.dataVolumes, dataVolume))
  try {
    await kubernetes.virtualMachineSubresource({
      resource: 'virtualmachines',
      ...target,
      subresource: 'addvolume',
      body: options,
    })
  } catch (failure) {
    const error = toApiError(failure)
    // It was made a moment ago and holds nothing: without the disk nobody would look for it.
    // Where the answer got lost (0), the guest may have it.
    if (made && error.status !== 0) {
      const { name = '', uid } = made.metadata ?? {}
      await kubernetes.remove(RESOURCES.dataVolumes, { namespace: target.namespace, name }, uid)
    }
    throw failure
  }
}
