import {
  Alert,
  Button,
  Checkbox,
  Content,
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
import { cloneOf, virtualMachineNameFindings, type CloneSource } from '@virtdeck/kubevirt'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../../forms/fields/form-problems.ts'
import { useNameTaken } from '../../../forms/fields/use-name-taken.ts'
import type { ApiError } from '../../../live/api-error.ts'
import { kubernetes } from '../../../live/kubernetes.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { Command } from '../../../ui/Command.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { toYaml } from '../../../yaml-editor/object-document.ts'
import { CloneProgressSteps } from './CloneProgressSteps.tsx'

interface CloneDialogProps {
  source: CloneSource
  /** The VM that is cloned, now or as it was. */
  virtualMachine: string
  isRunning: boolean
  /** Disks that cannot be cloned; undefined while it is not known. */
  blocked: readonly { name: string; reason: string }[] | undefined
  error: ApiError | undefined
  onClose: () => void
}

/** Asks for a clone, then shows how far it is. */
export function CloneDialog(props: CloneDialogProps) {
  const { source, virtualMachine, isRunning, blocked, error, onClose } = props
  const { t } = useTranslation()
  const id = useId()
  const { namespace } = source
  const [target, setTarget] = useState(`${virtualMachine}-clone`)
  const [hasLabels, setHasLabels] = useState(true)
  const [hasAnnotations, setHasAnnotations] = useState(true)
  const problem = useNameProblem({ namespace, name: target })
  const clone = cloneOf(source, { target, hasLabels, hasAnnotations })
  const cloning = useMutation({
    run: () => kubernetes.create(RESOURCES.virtualMachineClones, clone),
  })
  const isPossible = problem === undefined && blocked?.length === 0
  const title =
    source.kind === 'VirtualMachine' ? 'actions.clone.title' : 'actions.clone.titleOfSnapshot'
  return (
    <Modal isOpen variant="medium" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader title={t(title, { name: source.name })} labelId={`${id}-title`} />
      <ModalBody>
        {error && <ErrorState error={error} />}
        {cloning.data && (
          <CloneProgressSteps created={cloning.data} target={{ namespace, name: target }} />
        )}
        {!cloning.data && !error && (
          <Form
            id={id}
            onSubmit={(event) => {
              event.preventDefault()
              if (isPossible && !cloning.isPending) cloning.mutate(undefined)
            }}
          >
            {cloning.error && (
              <Alert isInline variant="danger" title={t('actions.clone.failed')}>
                {reasonOf(cloning.error, t)}
              </Alert>
            )}
            {blocked && blocked.length > 0 && (
              <Alert isInline variant="danger" title={t('actions.clone.blocked')}>
                <List>
                  {blocked.map(({ name, reason }) => (
                    <ListItem key={name}>
                      {name}: {reason}
                    </ListItem>
                  ))}
                </List>
              </Alert>
            )}
            {isRunning && <Alert isInline variant="info" title={t('actions.clone.running')} />}
            <FormGroup label={t('actions.clone.name')} isRequired fieldId={`${id}-name`}>
              <TextInput
                id={`${id}-name`}
                isRequired
                value={target}
                validated={problem === undefined ? 'default' : 'error'}
                onChange={(_event, value) => setTarget(value)}
              />
              {problem !== undefined && (
                <FormHelperText>
                  <HelperText>
                    <HelperTextItem variant="error">{problem}</HelperTextItem>
                  </HelperText>
                </FormHelperText>
              )}
            </FormGroup>
            <Checkbox
              id={`${id}-labels`}
              label={t('actions.clone.labels')}
              description={t('actions.clone.labelsHint')}
              isChecked={hasLabels}
              onChange={(_event, checked) => setHasLabels(checked)}
            />
            <Checkbox
              id={`${id}-annotations`}
              label={t('actions.clone.annotations')}
              isChecked={hasAnnotations}
              onChange={(_event, checked) => setHasAnnotations(checked)}
            />
            <Content component="p">{t('actions.clone.own')}</Content>
            <div>
              <Command command={`kubectl create -f - <<EOF\n${toYaml(clone)}EOF`} />
            </div>
          </Form>
        )}
      </ModalBody>
      <ModalFooter>
        {!cloning.data && (
          <Button
            type="submit"
            form={id}
            isLoading={cloning.isPending}
            isDisabled={!isPossible || cloning.isPending}
          >
            {t('actions.clone.label')}
          </Button>
        )}
        <Button variant="link" onClick={onClose}>
          {t(cloning.data ? 'common.close' : 'common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}

function useNameProblem(target: { namespace: string; name: string }): string | undefined {
  const { t } = useTranslation()
  const isTaken = useNameTaken(RESOURCES.virtualMachines, target)
  const [finding] = virtualMachineNameFindings(target.name)
  if (finding) return problemText(t, { ...finding, path: '' })
  return isTaken ? t('validation.nameTaken', target) : undefined
}

function reasonOf(
  { status, message }: ApiError,
  t: (key: 'error.unreachable' | 'actions.clone.notServed') => string,
): string {
  if (status === 0) return t('error.unreachable')
  return status === 404 ? t('actions.clone.notServed') : message
}
