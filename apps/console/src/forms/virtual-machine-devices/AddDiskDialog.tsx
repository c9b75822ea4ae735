import { RESOURCES } from '@virtdeck/kubernetes'
import {
  addVolumeCommand,
  defaultValues,
  editDisks,
  hotPlugObstacle,
  hotPlugOf,
  newDisk,
  patchCommand,
  patchOf,
  templateDisks,
  type DiskSource,
  type HotPlug,
  type HotPlugObstacle,
  type VirtualMachine,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { toYaml } from '../../yaml-editor/object-document.ts'
import { DiskFields } from '../virtual-machine-create/DiskFields.tsx'
import { DeviceDialog, type DevicePlan } from './DeviceDialog.tsx'
import { saveChange } from './save-change.ts'

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
  const { namespace = '', name: owner = '' } = virtualMachine.metadata ?? {}
  const target = { namespace, name: owner }
  const [initial] = useState(() => {
    const rows = templateDisks(virtualMachine).map(({ values }) => values)
    const added = newDisk(rows, { source, bus: isRunning ? 'scsi' : 'virtio' })
    const values = defaultValues(namespace)
    const storage = { disks: [...rows, added], bootDisk: '' }
    return { index: rows.length, values: { ...values, storage } }
  })
  const noteFor = (obstacle: HotPlugObstacle | undefined): string => {
    if (obstacle === undefined) return t('devices.mayNotPlug')
    // Not up yet: the guest that is starting has its disks already.
    if (obstacle === 'notRunning' && hasGuest) return t('devices.afterRestart')
    return t(`devices.obstacle.${obstacle}`)
  }
  const planOf = ({ storage }: VirtualMachineCreateValues): DevicePlan => {
    const row = storage.disks[initial.index] ?? newDisk([], { source, bus: 'virtio' })
    const obstacle = hotPlugObstacle(row, isRunning)
    if (obstacle === undefined && mayPlug) {
      const plug = hotPlugOf(virtualMachine, row)
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
    const change = (machine: VirtualMachine) => editDisks(machine, { kind: 'add', row }, owner)
    return {
      name: row.name,
      note: noteFor(obstacle),
      command: commandFor(virtualMachine, change),
      run: () => saveChange(virtualMachine, change),
    }
  }
  return (
    <DeviceDialog
      title={t('devices.addDiskTo', { name: owner })}
      values={initial.values}
      path={`storage.disks.${initial.index}`}
      planOf={planOf}
      fields={<DiskFields index={initial.index} />}
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
