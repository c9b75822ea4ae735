import { editNics, withLink } from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../../feedback/toasts.ts'
import { editNicDialog } from '../../../forms/virtual-machine-devices/edit-nic.tsx'
import { useSaveChange } from '../../../forms/virtual-machine-devices/use-save-change.ts'
import type { EditDialog } from '../../../forms/virtual-machine-edit/edit-form.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { useVirtualMachine } from '../virtual-machine-context.ts'
import { DeviceMenu, type DeviceAction } from './DeviceMenu.tsx'
import type { NicTableRow } from './nic-columns.tsx'
import { useDeviceAccess } from './use-device-access.ts'
import { useRemoval } from './use-removal.tsx'

/** All that can be done with one NIC, or why it cannot. */
export function NicMenu({ row: { name, state } }: { row: NicTableRow }) {
  const { t } = useTranslation()
  const saveChange = useSaveChange()
  const { virtualMachine, instance } = useVirtualMachine()
  const { refusal } = useDeviceAccess()
  const [Dialog, setDialog] = useState<{ component: EditDialog }>()
  const { interfaces = [] } = virtualMachine.spec.template?.spec?.domain.devices ?? {}
  const index = interfaces.findIndex((nic) => nic.name === name)
  const nic = interfaces[index]
  const kind = instance && state !== 'added' ? 'afterRestart' : 'now'
  const askAndRemove = useRemoval({
    name,
    body: t(`devices.removeNicBody.${kind}`, { name }),
    without: (machine) => editNics(machine, { kind: 'remove', name }),
  })
  const link = nic?.state === 'down' ? 'up' : 'down'
  // What was asked for comes along: once it is done, the live NIC already offers the opposite.
  const { mutate: setLink } = useMutation({
    run: (wanted: typeof link) =>
      saveChange(virtualMachine, (machine) => withLink(machine, name, wanted)),
    onSuccess: (_saved, wanted) =>
      showToast({ variant: 'success', title: t(`devices.setLink.done.${wanted}`, { name }) }),
    failureTitle: () => t('devices.setLink.failed', { name }),
  })
  if (!nic) return null
  const actions: DeviceAction[] = [
    {
      label: t('devices.edit'),
      reason: refusal,
      onClick: () => setDialog({ component: editNicDialog(index, name) }),
    },
    {
      label: t(`devices.setLink.${link}`),
      // KubeVirt refuses it: the guest has the card itself.
      reason: refusal ?? (nic.sriov ? t('devices.setLink.sriov') : undefined),
      onClick: () => setLink(link),
    },
    {
      label: t('devices.detach'),
      isDanger: true,
      reason: refusal,
      onClick: () => void askAndRemove(),
    },
  ]
  return (
    <>
      <DeviceMenu label={t('devices.menu', { name })} actions={actions} />
      {Dialog && (
        <Dialog.component
          virtualMachine={virtualMachine}
          instance={instance}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  )
}
