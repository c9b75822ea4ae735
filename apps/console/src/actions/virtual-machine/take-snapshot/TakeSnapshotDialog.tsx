import {
  Alert,
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  List,
  ListItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core'
import { RESOURCES } from '@virtdeck/kubernetes'
import {
  hasCondition,
  snapshotName,
  snapshotOf,
  virtualMachineNameFindings,
  volumesLeftOut,
} from '@virtdeck/kubevirt'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../../feedback/toasts.ts'
import { problemText } from '../../../forms/fields/form-problems.ts'
import { kubernetes } from '../../../live/kubernetes.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { Command } from '../../../ui/Command.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { toYaml } from '../../../yaml-editor/object-document.ts'
import type { VirtualMachineTarget } from '../action.ts'
import { useReadMachine } from '../use-read-machine.ts'

interface TakeSnapshotDialogProps {
  target: Pick<VirtualMachineTarget, 'namespace' | 'name' | 'status'>
  onClose: () => void
}

/** Takes a snapshot; says before what will not be in it, and how far it can be trusted. */
export function TakeSnapshotDialog({ target, onClose }: TakeSnapshotDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const { namespace, name: source, status } = target
  const { data: virtualMachine, error } = useReadMachine(target)
  const [name, setName] = useState(() => snapshotName(source, new Date()))
  const [problem] = virtualMachineNameFindings(name)
  const leftOut = virtualMachine ? volumesLeftOut(virtualMachine) : []
  const hasAgent =
    virtualMachine && hasCondition(virtualMachine, 'AgentConnected', { status: 'True' })
  // Nothing in a paused guest can write to its disks what it still has in memory.
  const agentState = status === 'Paused' ? 'paused' : hasAgent ? 'quiesced' : 'crash'
  const snapshot = snapshotOf({ namespace, name: source }, name)
  const taking = useMutation({
    run: () => kubernetes.create(RESOURCES.virtualMachineSnapshots, snapshot),
    onSuccess: () => {
      showToast({ variant: 'success', title: t('snapshots.take.done', { name }) })
      onClose()
    },
  })
  return (
    <Modal isOpen variant="medium" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader
        title={t('snapshots.take.title', { name: source })}
        labelId={`${id}-title`}
      />
      <ModalBody>
        {error && <ErrorState error={error} />}
        <Form
          id={id}
          onSubmit={(event) => {
            event.preventDefault()
            if (!problem && !taking.isPending) taking.mutate(undefined)
          }}
        >
          {taking.error && (
            <Alert isInline variant="danger" title={t('snapshots.take.failed')}>
              {taking.error.status === 0 ? t('error.unreachable') : taking.error.message}
            </Alert>
          )}
          {status !== 'Stopped' && virtualMachine && (
            <Alert
              isInline
              variant={agentState === 'quiesced' ? 'info' : 'warning'}
              title={t(`snapshots.take.${agentState}`)}
            />
          )}
          <FormGroup label={t('table.columns.name')} isRequired fieldId={`${id}-name`}>
            <TextInput
              id={`${id}-name`}
              isRequired
              value={name}
              validated={problem ? 'error' : 'default'}
              onChange={(_event, value) => setName(value)}
            />
            {problem && (
              <FormHelperText>
                <HelperText>
                  <HelperTextItem variant="error">
                    {problemText(t, { ...problem, path: '' })}
                  </HelperTextItem>
                </HelperText>
              </FormHelperText>
            )}
          </FormGroup>
          {leftOut.length > 0 && (
            <Alert isInline variant="warning" title={t('snapshots.take.leftOut')}>
              <List>
                {leftOut.map((volume) => (
                  <ListItem key={volume.name}>
                    {volume.name}: {volume.reason}
                  </ListItem>
                ))}
              </List>
            </Alert>
          )}
          <div>
            <Command command={`kubectl apply -f - <<EOF\n${toYaml(snapshot)}EOF`} />
          </div>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={id}
          isLoading={taking.isPending}
          isDisabled={problem !== undefined || taking.isPending}
        >
          {t('snapshots.take.action')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
