import {
  growthObstacle,
  changesMediumLive,
  ejectMedium,
  patchCommand,
  patchOf,
} from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ExportDialog } from '../../../actions/virtual-machine/export/ExportDialog.tsx'
import { confirm } from '../../../feedback/confirmations.ts'
import { openDialog } from '../../../feedback/dialogs.ts'
import { showToast } from '../../../feedback/toasts.ts'
import { DetachDiskDialog } from '../../../forms/virtual-machine-devices/DetachDiskDialog.tsx'
import { DriveDialog } from '../../../forms/virtual-machine-devices/DriveDialog.tsx'
import { editDiskDialog } from '../../../forms/virtual-machine-devices/edit-disk.tsx'
import { GrowDiskDialog } from '../../../forms/virtual-machine-devices/GrowDiskDialog.tsx'
import { useSaveChange } from '../../../forms/virtual-machine-devices/use-save-change.ts'
import type { EditDialog } from '../../../forms/virtual-machine-edit/edit-form.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { Command } from '../../../ui/Command.tsx'
import { useVirtualMachine } from '../virtual-machine-context.ts'
import { DeviceMenu, type DeviceAction } from './DeviceMenu.tsx'
import type { DiskTableRow } from './disk-columns.tsx'
import { useClaims } from './use-claims.ts'
import { useDeviceAccess } from './use-device-access.ts'

/** All that can be done with one disk, or why it cannot. */
export function DiskMenu({ row }: { row: DiskTableRow }) {
  const { t } = useTranslation()
  const saveChange = useSaveChange()
  const { virtualMachine, instance } = useVirtualMachine()
  const { refusal, growRefusal, exportRefusal, mayUnplug } = useDeviceAccess()
  const { claims, classes, areClassesKnown } = useClaims(virtualMachine)
  const [Dialog, setDialog] = useState<{ component: EditDialog }>()
  const { namespace = '', name: owner = '' } = virtualMachine.metadata ?? {}
  const { name, state, isHotPluggable, device, volumeType } = row
  const isRunning = instance?.status?.phase === 'Running'
  const { mutate: eject } = useMutation({
    run: () => saveChange(virtualMachine, (machine) => ejectMedium(machine, name)),
    onSuccess: () =>
      showToast({ variant: 'success', title: t('devices.medium.ejected', { name }) }),
    failureTitle: () => t('devices.medium.notEjected', { name }),
  })
  const isDefined = virtualMachine.spec.template?.spec?.domain.devices.disks?.some(
    (disk) => disk.name === name,
  )
  // Gone from the VM, and soon from its guest: nothing is left to do.
  if (!isDefined) return null

  const claim = claims.get(row.claim ?? '')
  const { storageClassName = '' } = claim?.spec ?? {}
  const found = growthObstacle(claim, classes.get(storageClassName))
  // Who may not read classes may try: the cluster knows.
  const isUnread = found === 'classUnknown' && storageClassName !== '' && !areClassesKnown
  const obstacle = isUnread ? undefined : found
  // A drive itself needs a restart, whatever is in it.
  const isLive = isHotPluggable && device !== 'cdrom' && isRunning && mayUnplug
  const when = isLive ? 'live' : instance && state !== 'added' ? 'afterRestart' : 'now'
  const askAndEject = async () => {
    const patch = patchOf(virtualMachine, ejectMedium(virtualMachine, name))
    const atOnce = !instance || changesMediumLive(instance, name, undefined)
    const confirmed = await confirm({
      title: t('devices.medium.ejectTitle', { name }),
      body: (
        <>
          <p>{t(atOnce ? 'devices.medium.ejectNow' : 'devices.afterRestart')}</p>
          <Command command={patchCommand(patch, { namespace, name: owner })} />
        </>
      ),
      confirmLabel: t('devices.medium.eject'),
    })
    if (confirmed) eject(undefined)
  }
  const actions: DeviceAction[] = [
    {
      label: t('devices.edit'),
      reason:
        refusal ??
        (isHotPluggable && instance && device !== 'cdrom'
          ? t('devices.pluggedAsItIs')
          : undefined),
      onClick: () => setDialog({ component: editDiskDialog(name) }),
    },
    ...(device === 'cdrom'
      ? [
          {
            label: t('devices.medium.mount'),
            reason: refusal,
            onClick: () =>
              openDialog((onClose) => (
                <DriveDialog {...{ virtualMachine, instance, onClose }} drive={name} />
              )),
          },
          {
            label: t('devices.medium.eject'),
            reason: refusal ?? (volumeType ? undefined : t('devices.medium.isEmpty')),
            onClick: () => void askAndEject(),
          },
        ]
      : []),
    ...(row.claim === undefined || device === 'cdrom'
      ? []
      : [
          {
            label: t('devices.grow.action'),
            reason: growRefusal ?? (obstacle && t(`devices.grow.obstacle.${obstacle}`)),
            onClick: () =>
              claim &&
              openDialog((onClose) => (
                <GrowDiskDialog {...{ namespace, claim, isRunning, onClose }} disk={name} />
              )),
          },
          {
            label: t('actions.export.one'),
            reason: exportRefusal ?? (instance ? t('actions.disabled.mustBeOff') : undefined),
            onClick: () =>
              openDialog((onClose) => (
                <ExportDialog
                  target={{ namespace, kind: 'PersistentVolumeClaim', name: row.claim ?? '' }}
                  onClose={onClose}
                />
              )),
          },
        ]),
    {
      label: t('devices.detach'),
      isDanger: true,
      reason: refusal,
      onClick: () =>
        openDialog((onClose) => (
          <DetachDiskDialog {...{ virtualMachine, when, onClose }} disk={row} />
        )),
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
