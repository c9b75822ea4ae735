import { PageSection, Title, Wizard, WizardStep } from '@patternfly/react-core'
import { FormProvider } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormProblems, FormWarnings } from '../fields/form-problems.ts'
import { GeneralStep } from './GeneralStep.tsx'
import { NetworkingStep } from './NetworkingStep.tsx'
import { RestoredNote } from './RestoredNote.tsx'
import { ReviewStep } from './ReviewStep.tsx'
import { StorageStep } from './StorageStep.tsx'
import type { Submit } from './use-submit.ts'
import type { WizardState } from './use-wizard.ts'
import styles from './VirtualMachineCreatePage.module.css'
import { WizardActions } from './WizardActions.tsx'
import { WizardContext } from './wizard-context.ts'

/**
 * On narrow screens PatternFly's button for the steps is called "Wizard toggle", in English only;
 * without that label its own text names it: the step.
 */
const nameToggleByItsText = (section: HTMLElement | null): void =>
  section?.querySelector('[aria-label="Wizard toggle"]')?.removeAttribute('aria-label')

interface VirtualMachineWizardProps {
  title: string
  wizard: WizardState
  submit: Submit
}

/** F-10 to F-14: the steps, for VMs and for templates of them. */
export function VirtualMachineWizard({ title, wizard, submit }: VirtualMachineWizardProps) {
  const { t } = useTranslation()
  const { form, problems, warnings, startStep, step: current, setStep } = wizard
  const isBroken = (...steps: string[]): boolean =>
    problems.some(({ path }) => steps.some((step) => path.startsWith(`${step}.`)))
  // Where one is after a reload, one may be: what is missing before is said at its own step.
  const isClosed = (index: number, ...before: string[]): boolean =>
    index !== current && isBroken(...before)
  const actions = <WizardActions wizard={wizard} submit={submit} />
  return (
    <WizardContext value={wizard}>
      <FormProvider {...form}>
        <FormProblems value={problems}>
          <FormWarnings value={warnings}>
            <PageSection>
              <Title headingLevel="h1">{title}</Title>
              <RestoredNote wizard={wizard} />
            </PageSection>
            <PageSection
              ref={nameToggleByItsText}
              type="wizard"
              isFilled
              hasBodyWrapper={false}
              aria-label={title}
              className={styles['wizard'] ?? ''}
            >
              <Wizard
                navAriaLabel={t('wizard.steps')}
                startIndex={startStep}
                footer={actions}
                onStepChange={(_event, { index }) => setStep(index)}
              >
                <WizardStep id="general" name={t('wizard.step.general')}>
                  <GeneralStep />
                </WizardStep>
                <WizardStep
                  id="networking"
                  name={t('wizard.step.networking')}
                  isDisabled={isClosed(2, 'general')}
                >
                  <NetworkingStep />
                </WizardStep>
                <WizardStep
                  id="storage"
                  name={t('wizard.step.storage')}
                  isDisabled={isClosed(3, 'general', 'networking')}
                >
                  <StorageStep />
                </WizardStep>
                <WizardStep
                  id="review"
                  name={t('wizard.step.review')}
                  isDisabled={isClosed(4, 'general', 'networking', 'storage')}
                >
                  <ReviewStep submit={submit} />
                </WizardStep>
              </Wizard>
            </PageSection>
          </FormWarnings>
        </FormProblems>
      </FormProvider>
    </WizardContext>
  )
}
