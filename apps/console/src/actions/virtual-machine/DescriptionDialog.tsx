import {
  Alert,
  Button,
  Form,
  FormGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextArea,
} from '@patternfly/react-core'
import { RESOURCES } from '@virtdeck/kubernetes'
import { metadataCommand } from '@virtdeck/kubevirt'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { kubernetes } from '../../live/kubernetes.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { Command } from '../../ui/Command.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Loading } from '../../ui/Loading.tsx'
import type { ActionDialogProps } from './action.ts'
import { useReadMachine } from './use-read-machine.ts'

/** The description is an annotation. */
export function DescriptionDialog({ target, onClose }: ActionDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const { name } = target
  const [text, setText] = useState<string>()
  const { data, error } = useReadMachine(target)
  const before = data?.metadata?.annotations?.['description'] ?? ''
  const value = text ?? before
  const changes = { description: value.trim() === '' ? null : value.trim() }
  const isChanged = (changes.description ?? '') !== before
  const saving = useMutation({
    run: (annotations: typeof changes) =>
      kubernetes.mergePatch(RESOURCES.virtualMachines, target, { metadata: { annotations } }),
    onSuccess: onClose,
  })
  return (
    <Modal isOpen variant="small" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader
        title={t('actions.editDescription.title', { name })}
        labelId={`${id}-title`}
      />
      <ModalBody>
        {error && <ErrorState error={error} />}
        {!data && !error && <Loading />}
        {data && (
          <Form
            id={id}
            onSubmit={(event) => {
              event.preventDefault()
              if (isChanged && !saving.isPending) saving.mutate(changes)
            }}
          >
            {saving.error && (
              <Alert
                isInline
                variant="danger"
                title={t('actions.editDescription.failed', { name })}
              >
                {saving.error.status === 0 ? t('error.unreachable') : saving.error.message}
              </Alert>
            )}
            <FormGroup label={t('virtualMachine.details.description')} fieldId={`${id}-text`}>
              <TextArea
                id={`${id}-text`}
                value={value}
                rows={4}
                resizeOrientation="vertical"
                onChange={(_event, next) => setText(next)}
              />
            </FormGroup>
            {isChanged && (
              <div>
                <Command command={metadataCommand('annotations', changes, target)} />
              </div>
            )}
          </Form>
        )}
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={id}
          isLoading={saving.isPending}
          isDisabled={!isChanged || saving.isPending}
        >
          {t('common.save')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
