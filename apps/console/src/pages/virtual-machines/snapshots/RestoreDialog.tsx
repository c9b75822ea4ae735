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
import { RESOURCES } from '@virtdeck/kubernetes'
import { restoreOf } from '@virtdeck/kubevirt'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../../feedback/toasts.ts'
import { kubernetes } from '../../../live/kubernetes.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { Command } from '../../../ui/Command.tsx'
import { Timestamp } from '../../../ui/Timestamp.tsx'
import { toYaml } from '../../../yaml-editor/object-document.ts'
import type { SnapshotRow } from './use-snapshots.ts'

interface RestoreDialogProps {
  target: { namespace: string; name: string }
  snapshot: SnapshotRow['object']
  isRunning: boolean
  onClose: () => void
}

/** Brings a VM back to a snapshot; a running one has to be stopped for it. */
export function RestoreDialog({ target, snapshot, isRunning, onClose }: RestoreDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const { name } = target
  const { name: snapshotName = '', creationTimestamp } = snapshot.metadata ?? {}
  const [stop, setStop] = useState(false)
  const restore = restoreOf(target, { snapshot: snapshotName, stop: isRunning && stop })
  const restoring = useMutation({
    run: () => kubernetes.create(RESOURCES.virtualMachineRestores, restore),
    onSuccess: () => {
      showToast({ variant: 'success', title: t('snapshots.restore.begun', { name }) })
      onClose()
    },
  })
  return (
    <Modal isOpen variant="medium" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader
        title={t('snapshots.restore.title', { name })}
        labelId={`${id}-title`}
        titleIconVariant="warning"
      />
      <ModalBody>
        <Stack hasGutter>
          {restoring.error && (
            <Alert isInline variant="danger" title={t('snapshots.restore.failed')}>
              {restoring.error.status === 0 ? t('error.unreachable') : restoring.error.message}
            </Alert>
          )}
          <Content>
            <p>{t('snapshots.restore.question', { name, snapshot: snapshotName })}</p>
            <p>
              {t('snapshots.restore.lost')} <Timestamp time={creationTimestamp} />
            </p>
          </Content>
          {isRunning && (
            <Checkbox
              id={`${id}-stop`}
              label={t('snapshots.restore.stop')}
              description={t('snapshots.restore.stopHint', { name })}
              isChecked={stop}
              onChange={(_event, checked) => setStop(checked)}
            />
          )}
          <Command command={`kubectl create -f - <<EOF\n${toYaml(restore)}EOF`} />
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button
          variant="danger"
          isLoading={restoring.isPending}
          isDisabled={restoring.isPending || (isRunning && !stop)}
          onClick={() => restoring.mutate(undefined)}
        >
          {t('snapshots.restore.action')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
