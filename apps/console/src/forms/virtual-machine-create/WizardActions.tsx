import {
  ActionList,
  ActionListGroup,
  ActionListItem,
  Button,
  HelperText,
  HelperTextItem,
  useWizardContext,
  WizardFooterWrapper,
} from '@patternfly/react-core'
import { use } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { confirm } from '../../feedback/confirmations.ts'
import { paths } from '../../paths.ts'
import { focusField } from '../fields/focus-field.ts'
import { FormProblems } from '../fields/form-problems.ts'
import { fieldLabel } from './field-labels.ts'
import type { Submit } from './use-submit.ts'
import type { WizardState } from './use-wizard.ts'
import styles from './WizardActions.module.css'

/** The wizard's buttons; a Next that cannot be pressed says why. */
export function WizardActions({ wizard, submit }: { wizard: WizardState; submit: Submit }) {
  const { t } = useTranslation()
  const { activeStep, goToNextStep, goToPrevStep, goToStepById } = useWizardContext()
  const problems = use(FormProblems)
  const cancel = useCancel(wizard)
  const step = String(activeStep.id)
  const isReview = step === 'review'
  const blocking = problems.filter(({ path }) => isReview || path.startsWith(`${step}.`))
  const fields = new Map(
    blocking.map(({ path }) => [fieldLabel(t, path, wizard.values), path] as const),
  )
  const showRefusal = (refusedStep: string, path: string) => {
    // The step's fields must be there to be focused.
    flushSync(() => goToStepById(refusedStep))
    focusField(path)
  }
  return (
    <WizardFooterWrapper>
      {fields.size > 0 && (
        <HelperText className={styles['missing'] ?? ''} isLiveRegion>
          <HelperTextItem>
            {t('wizard.missing')}{' '}
            {[...fields].map(([label, path]) => (
              <Button
                key={label}
                variant="link"
                isInline
                className={styles['field'] ?? ''}
                onClick={() => focusField(path)}
              >
                {label}
              </Button>
            ))}
          </HelperTextItem>
        </HelperText>
      )}
      <ActionList>
        <ActionListGroup>
          <ActionListItem>
            <Button
              variant="secondary"
              isDisabled={activeStep.index === 1 || submit.isPending}
              onClick={() => void goToPrevStep()}
            >
              {t('wizard.back')}
            </Button>
          </ActionListItem>
          <ActionListItem>
            {isReview ? (
              <Button
                isDisabled={fields.size > 0 || submit.isPending}
                isLoading={submit.isPending}
                onClick={() => submit.submit(showRefusal)}
              >
                {t(wizard.purpose === 'template' ? 'template.create.create' : 'wizard.create')}
              </Button>
            ) : (
              <Button isDisabled={fields.size > 0} onClick={() => void goToNextStep()}>
                {t('wizard.next')}
              </Button>
            )}
          </ActionListItem>
        </ActionListGroup>
        <ActionListGroup>
          <ActionListItem>
            <Button variant="link" isDisabled={submit.isPending} onClick={() => void cancel()}>
              {t('common.cancel')}
            </Button>
          </ActionListItem>
        </ActionListGroup>
      </ActionList>
    </WizardFooterWrapper>
  )
}

/** Leaves for the list; asks first where something was entered. */
function useCancel({ purpose, isDirty, discard, values }: WizardState): () => Promise<void> {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { namespace } = values.general
  return async () => {
    const leaves =
      !isDirty ||
      (await confirm({
        title: t('wizard.cancelTitle'),
        body: t('wizard.cancelBody'),
        confirmLabel: t('wizard.cancelConfirm'),
        cancelLabel: t('feedback.leave.stay'),
        danger: true,
      }))
    if (!leaves) return
    discard()
    const list = purpose === 'template' ? paths.templates : paths.virtualMachines
    await navigate(list({ namespace }))
  }
}
