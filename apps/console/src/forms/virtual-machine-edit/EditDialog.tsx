import {
  ActionGroup,
  Alert,
  AlertActionLink,
  Button,
  Form,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from '@patternfly/react-core'
import { formatBytes, parseQuantity } from '@virtdeck/kubernetes'
import { growthOf, isFinal, patchCommand, type EditItem } from '@virtdeck/kubevirt'
import { useId, type ComponentType } from 'react'
import { FormProvider, type FieldValues } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../feedback/toasts.ts'
import { Command } from '../../ui/Command.tsx'
import { FormProblems } from '../fields/form-problems.ts'
import { RefusalAlert } from '../fields/RefusalAlert.tsx'
import type { EditDialog, EditDialogProps, EditEffect } from './edit-form.ts'
import { useEdit } from './use-edit.ts'

interface EditDefinition<Values extends FieldValues> {
  subject: EditSubject
  item: EditItem<Values>
  Fields: ComponentType<EditDialogProps>
  effect: EditEffect
  variant?: 'small' | 'medium'
  /** Which disk or NIC it is. */
  device?: string
}

export type EditSubject =
  | 'cpu'
  | 'memory'
  | 'instancetype'
  | 'preference'
  | 'hostname'
  | 'runStrategy'
  | 'bootOrder'
  | 'evictionStrategy'
  | 'nodeSelector'
  | 'affinity'
  | 'tolerations'
  | 'sshKeys'
  | 'cloudInit'
  | 'disk'
  | 'networkInterface'

/** The dialog of one item; all of them work alike. */
export function editDialog<Values extends FieldValues>(
  definition: EditDefinition<Values>,
): EditDialog {
  const { subject, item, Fields, effect, variant = 'small', device = '' } = definition
  return function ItemDialog(props: EditDialogProps) {
    const { virtualMachine, onClose } = props
    const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
    const { t } = useTranslation()
    const id = useId()
    const texts = { name, subject: `${t(`configuration.subject.${subject}`)} ${device}`.trim() }
    const onSaved = () => {
      showToast({ variant: 'success', title: t('configuration.saved', texts) })
      onClose()
    }
    const edit = useEdit({ item, virtualMachine, onSaved })
    const { form, patch, problems, error, isConflict, canSave, isSaving } = edit
    return (
      <Modal isOpen variant={variant} aria-labelledby={`${id}-title`} onClose={onClose}>
        <ModalHeader title={t('configuration.editTitle', texts)} labelId={`${id}-title`} />
        <ModalBody>
          <FormProvider {...form}>
            <FormProblems value={problems}>
              <Form
                id={id}
                onSubmit={(event) => {
                  event.preventDefault()
                  if (canSave) edit.save()
                }}
              >
                {isConflict && (
                  <ConflictAlert onKeep={edit.keepMine} onDiscard={edit.takeTheirs} />
                )}
                {error && (
                  <RefusalAlert title={t('configuration.failed', texts)} error={error} />
                )}
                <Fields {...props} />
                <Effect effect={effect} {...props} />
                {patch.length > 0 && (
                  <div>
                    <Command command={patchCommand(patch, { namespace, name })} />
                  </div>
                )}
              </Form>
            </FormProblems>
          </FormProvider>
        </ModalBody>
        <ModalFooter>
          <Button type="submit" form={id} isLoading={isSaving} isDisabled={!canSave}>
            {t('common.save')}
          </Button>
          <Button variant="link" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </ModalFooter>
      </Modal>
    )
  }
}

function ConflictAlert({ onKeep, onDiscard }: { onKeep: () => void; onDiscard: () => void }) {
  const { t } = useTranslation()
  return (
    <Alert
      isInline
      isLiveRegion
      variant="warning"
      title={t('configuration.conflictTitle')}
      actionLinks={
        <ActionGroup>
          <AlertActionLink onClick={onKeep}>{t('configuration.keep')}</AlertActionLink>
          <AlertActionLink onClick={onDiscard}>{t('configuration.discard')}</AlertActionLink>
        </ActionGroup>
      }
    >
      {t('configuration.conflictBody')}
    </Alert>
  )
}

/** When what is edited takes effect. */
function Effect({ effect, instance }: EditDialogProps & { effect: EditEffect }) {
  const { t } = useTranslation()
  const isRunning = instance != null && !isFinal(instance)
  const { maxSockets, maxMemory } = growthOf(instance)
  const text = (): string => {
    if (effect === 'now' || effect === 'placement') return t(`configuration.effect.${effect}`)
    const when = t(isRunning ? 'configuration.effect.restart' : 'configuration.effect.off')
    if (effect === 'sockets' && isRunning && maxSockets !== undefined) {
      return t('configuration.effect.growSockets', { max: maxSockets })
    }
    if (effect === 'memory' && isRunning && maxMemory !== undefined) {
      const max = formatBytes(parseQuantity(maxMemory) ?? 0)
      return t('configuration.effect.growMemory', { max })
    }
    return effect === 'firstStart' ? `${when} ${t('configuration.effect.firstStart')}` : when
  }
  return (
    <HelperText>
      <HelperTextItem>{text()}</HelperTextItem>
    </HelperText>
  )
}
