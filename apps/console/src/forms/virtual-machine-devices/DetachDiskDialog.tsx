import {
  Alert,
  Button,
  Checkbox,
  Content,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Stack,
} from '@patternfly/react-core'
import { useQuery } from '@tanstack/react-query'
import {
  editDisks,
  patchCommand,
  patchOf,
  removeVolumeCommand,
  type Belonging,
  type VirtualMachine,
} from '@virtdeck/kubevirt'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BELONGING_RESOURCES } from '../../actions/virtual-machine/delete/delete-with.ts'
import { belongingsReader } from '../../actions/virtual-machine/delete/read-belongings.ts'
import { showToast } from '../../feedback/toasts.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { useAccess } from '../../live/use-access.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { Command } from '../../ui/Command.tsx'
import { RefusalAlert } from '../fields/RefusalAlert.tsx'
import { useSaveChange } from './use-save-change.ts'

interface DetachDiskDialogProps {
  virtualMachine: VirtualMachine
  disk: { name: string; claim: string | undefined }
  /** When the guest loses it. */
  when: 'live' | 'afterRestart' | 'now'
  onClose: () => void
}

/** F-31: takes a disk out of a VM and, where it is wanted, deletes what holds its data. */
export function DetachDiskDialog({
  virtualMachine,
  disk,
  when,
  onClose,
}: DetachDiskDialogProps) {
  const { t } = useTranslation()
  const saveChange = useSaveChange()
  const id = useId()
  const { namespace = '', name: owner = '' } = virtualMachine.metadata ?? {}
  const { name, claim } = disk
  const target = { namespace, name: owner }
  const [isWanted, setIsWanted] = useState(false)
  // What is detached already stays detached when the deletion is tried again.
  const [isDetached, setIsDetached] = useState(false)
  const { data } = useQuery({
    queryKey: ['belongings', namespace, owner, 'disk', name],
    gcTime: 0,
    retry: false,
    enabled: claim !== undefined,
    queryFn: () => belongingsReader()(target),
  })
  const holder = data?.belongings.find(
    (each) =>
      each.name === claim &&
      (each.kind === 'DataVolume' || each.kind === 'PersistentVolumeClaim'),
  )
  const whyKept = useWhyKept(namespace, holder)
  const deletes = holder !== undefined && isWanted && whyKept === undefined
  const without = (machine: VirtualMachine) =>
    editDisks(machine, { kind: 'remove', name }, { name: owner })
  const detach = () =>
    when === 'live'
      ? kubernetes.virtualMachineSubresource({
          resource: 'virtualmachines',
          ...target,
          subresource: 'removevolume',
          body: { name },
        })
      : saveChange(virtualMachine, without)
  const { mutate, isPending, error } = useMutation({
    run: async () => {
      if (!isDetached) await detach()
      setIsDetached(true)
      if (!deletes) return
      const object = { namespace, name: holder.name }
      await kubernetes.remove(BELONGING_RESOURCES[holder.kind], object)
    },
    onSuccess: () => {
      showToast({ variant: 'success', title: t('devices.removed', { name }) })
      onClose()
    },
  })
  const command =
    when === 'live'
      ? removeVolumeCommand(name, target)
      : patchCommand(patchOf(virtualMachine, without(virtualMachine)), target)
  const deletion =
    deletes &&
    `kubectl delete ${holder.kind.toLowerCase()} ${holder.name} --namespace=${namespace}`
  return (
    <Modal isOpen variant="small" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader
        title={t('devices.removeTitle', { name })}
        labelId={`${id}-title`}
        titleIconVariant="warning"
      />
      <ModalBody>
        <Stack hasGutter>
          {error && (
            <RefusalAlert
              title={t(isDetached ? 'devices.dataNotDeleted' : 'devices.notRemoved', { name })}
              error={error}
            />
          )}
          <Content component="p">{t(`devices.detachBody.${when}`, { name })}</Content>
          {holder && (
            <Checkbox
              id={`${id}-delete`}
              label={t('devices.deleteData', { kind: holder.kind, name: holder.name })}
              description={whyKept ?? t('devices.deleteDataHint')}
              isChecked={deletes}
              isDisabled={whyKept !== undefined || isPending}
              onChange={(_event, checked) => setIsWanted(checked)}
            />
          )}
          {deletes && when === 'afterRestart' && (
            <Alert isInline isPlain variant="info" title={t('devices.deletedLater')} />
          )}
          <Command command={deletion ? `${command}\n${deletion}` : command} />
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button
          variant="danger"
          isLoading={isPending}
          isDisabled={isPending}
          onClick={() => mutate(undefined)}
        >
          {t('devices.detach')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}

/** Why a disk's data is not to be deleted with it; undefined if it may be. */
function useWhyKept(namespace: string, data: Belonging | undefined): string | undefined {
  const { t } = useTranslation()
  const { group, resource } = BELONGING_RESOURCES[data?.kind ?? 'DataVolume']
  const [access] = useAccess([{ verb: 'delete', group, resource, namespace }])
  if (!data) return undefined
  const { usedBy } = data
  if (usedBy === undefined) return t('devices.usersUnknown')
  if (usedBy.length > 0) {
    return t('actions.delete.usedBy', { names: usedBy.join(', '), count: usedBy.length })
  }
  return access?.allowed === true ? undefined : t('actions.delete.mayNotDelete')
}
