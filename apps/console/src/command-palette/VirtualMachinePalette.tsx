import { RESOURCES } from '@virtdeck/kubernetes'
import { virtualMachineStateOf, type VirtualMachine } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import type { VirtualMachineTarget } from '../actions/virtual-machine/action.ts'
import { useVirtualMachineActions } from '../actions/virtual-machine/use-virtual-machine-actions.tsx'
import { useLiveObject } from '../live/use-live-query.ts'
import { PaletteDialog } from './PaletteDialog.tsx'

/** The palette on a VM's pages: what can be done to it comes first. */
export function VirtualMachinePalette(target: { namespace: string; name: string }) {
  const { data } = useLiveObject<VirtualMachine>(RESOURCES.virtualMachines, target)
  if (!data) return <PaletteDialog />
  const uid = data.metadata?.uid ?? ''
  return <WithActions target={{ ...target, uid, ...virtualMachineStateOf(data) }} />
}

function WithActions({ target }: { target: VirtualMachineTarget }) {
  const { t } = useTranslation()
  const actions = useVirtualMachineActions(target)
  return (
    <PaletteDialog
      actions={{
        id: 'actions',
        label: t('actions.menuOf', { name: target.name }),
        entries: actions.map(({ name, label, icon, disabledReason, onSelect }) => ({
          id: `action-${name}`,
          label,
          icon,
          hint: disabledReason,
          isDisabled: disabledReason !== undefined,
          onChoose: onSelect,
        })),
      }}
    />
  )
}
