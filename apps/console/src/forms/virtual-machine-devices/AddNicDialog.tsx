import {
  defaultValues,
  editNics,
  newNic,
  patchCommand,
  patchOf,
  templateNics,
  type VirtualMachine,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NicFields } from '../virtual-machine-create/NicFields.tsx'
import { DeviceDialog, type DevicePlan } from './DeviceDialog.tsx'
import { useSaveChange } from './use-save-change.ts'

interface AddNicDialogProps {
  virtualMachine: VirtualMachine
  isRunning: boolean
  onClose: () => void
}

/** F-32: a NIC more; a running guest gets it by a restart. */
export function AddNicDialog({ virtualMachine, isRunning, onClose }: AddNicDialogProps) {
  const { t } = useTranslation()
  const saveChange = useSaveChange()
  const { namespace = '', name: owner = '' } = virtualMachine.metadata ?? {}
  const [initial] = useState(() => {
    const rows = templateNics(virtualMachine)
    const networking = { nics: [...rows, newNic(rows, 'virtio')], bootNic: '' }
    return { index: rows.length, values: { ...defaultValues(namespace), networking } }
  })
  const planOf = ({ networking }: VirtualMachineCreateValues): DevicePlan => {
    const row = networking.nics[initial.index] ?? newNic([], 'virtio')
    const change = (machine: VirtualMachine) => editNics(machine, { kind: 'add', row })
    const patch = patchOf(virtualMachine, change(virtualMachine))
    return {
      name: row.name,
      note: t(isRunning ? 'devices.afterRestart' : 'devices.obstacle.notRunning'),
      command: patchCommand(patch, { namespace, name: owner }),
      run: () => saveChange(virtualMachine, change),
      sent: change(virtualMachine),
    }
  }
  return (
    <DeviceDialog
      title={t('devices.addNicTo', { name: owner })}
      values={initial.values}
      paths={[`networking.nics.${initial.index}`]}
      planOf={planOf}
      fields={<NicFields index={initial.index} />}
      onClose={onClose}
    />
  )
}
