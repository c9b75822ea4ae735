import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core'
import { EllipsisVIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import { restoreObstacle } from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CloneDialog } from '../../../actions/virtual-machine/clone/CloneDialog.tsx'
import { confirm } from '../../../feedback/confirmations.ts'
import { openDialog } from '../../../feedback/dialogs.ts'
import { showToast } from '../../../feedback/toasts.ts'
import { kubernetes } from '../../../live/kubernetes.ts'
import { useAccess } from '../../../live/use-access.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { useVirtualMachine } from '../virtual-machine-context.ts'
import { RestoreDialog } from './RestoreDialog.tsx'
import type { SnapshotRow } from './use-snapshots.ts'

const { group } = RESOURCES.virtualMachineSnapshots

/** Restore and delete, each with why not. */
export function SnapshotMenu({ row: { object: snapshot } }: { row: SnapshotRow }) {
  const { t } = useTranslation()
  const { virtualMachine, instance } = useVirtualMachine()
  const { namespace = '', name: source = '' } = virtualMachine.metadata ?? {}
  const name = snapshot.metadata?.name ?? ''
  const [isOpen, setIsOpen] = useState(false)
  const clones = RESOURCES.virtualMachineClones
  const [mayRestore, mayClone, mayDelete] = useAccess([
    { verb: 'create', group, resource: 'virtualmachinerestores', namespace },
    { verb: 'create', group: clones.group, resource: clones.resource, namespace },
    { verb: 'delete', group, resource: 'virtualmachinesnapshots', namespace },
  ])
  const { mutate: remove } = useMutation({
    run: async () => {
      await kubernetes.remove(RESOURCES.virtualMachineSnapshots, { namespace, name })
    },
    onSuccess: () =>
      showToast({ variant: 'success', title: t('snapshots.delete.done', { name }) }),
    failureTitle: () => t('snapshots.delete.failed', { name }),
  })
  const noRight = (allowed: boolean | undefined) =>
    allowed === true ? undefined : t('actions.noPermission', { namespace })
  const obstacle = restoreObstacle(snapshot)
  const whyNotNow = obstacle && t(`snapshots.obstacle.${obstacle}`)
  const whyNoRestore = noRight(mayRestore?.allowed) ?? whyNotNow
  const whyNoClone = noRight(mayClone?.allowed) ?? whyNotNow
  const whyNoDelete = noRight(mayDelete?.allowed)

  const restore = () =>
    openDialog((onClose) => (
      <RestoreDialog
        target={{ namespace, name: source }}
        snapshot={snapshot}
        isRunning={instance !== null}
        onClose={onClose}
      />
    ))
  const clone = () =>
    openDialog((onClose) => (
      <CloneDialog
        source={{ namespace, kind: 'VirtualMachineSnapshot', name }}
        virtualMachine={source}
        isRunning={false}
        blocked={[]}
        error={undefined}
        onClose={onClose}
      />
    ))
  const askAndRemove = async () => {
    const confirmed = await confirm({
      title: t('snapshots.delete.title', { name }),
      body: t('snapshots.delete.question', { name }),
      confirmLabel: t('snapshots.delete.action'),
      danger: true,
    })
    if (confirmed) remove(undefined)
  }
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onSelect={() => setIsOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="plain"
          aria-label={t('snapshots.menu', { name })}
          icon={<EllipsisVIcon />}
          isExpanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        />
      )}
    >
      <DropdownList>
        <DropdownItem
          isAriaDisabled={whyNoRestore !== undefined}
          onClick={restore}
          {...(whyNoRestore !== undefined && { tooltipProps: { content: whyNoRestore } })}
        >
          {t('snapshots.restore.label')}
        </DropdownItem>
        <DropdownItem
          isAriaDisabled={whyNoClone !== undefined}
          onClick={clone}
          {...(whyNoClone !== undefined && { tooltipProps: { content: whyNoClone } })}
        >
          {t('snapshots.clone')}
        </DropdownItem>
        <DropdownItem
          isDanger
          isAriaDisabled={whyNoDelete !== undefined}
          onClick={() => void askAndRemove()}
          {...(whyNoDelete !== undefined && { tooltipProps: { content: whyNoDelete } })}
        >
          {t('snapshots.delete.label')}
        </DropdownItem>
      </DropdownList>
    </Dropdown>
  )
}
