import { PageSection, Title, Wizard, WizardStep } from '@patternfly/react-core'
import type { VirtualMachine } from '@virtdeck/kubevirt'
import { useState } from 'react'
import { FormProvider } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { paths } from '../../paths.ts'
import { FormProblems } from '../fields/form-problems.ts'
import { CreationResult } from './CreationResult.tsx'
import { GeneralStep } from './GeneralStep.tsx'
import { NetworkingStep } from './NetworkingStep.tsx'
import { RestoredNote } from './RestoredNote.tsx'
import { ReviewStep } from './ReviewStep.tsx'
import { StorageStep } from './StorageStep.tsx'
import { useSubmit } from './use-submit.ts'
import { useWizard } from './use-wizard.ts'
import styles from './VirtualMachineCreatePage.module.css'
import { WizardActions } from './WizardActions.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => [
    { label: t('virtualMachine.list.title'), to: paths.virtualMachines() },
    { label: t('wizard.title'), to: paths.virtualMachineCreate() },
  ],
}

/**
 * On narrow screens PatternFly's button for the steps is called "Wizard toggle", in English only;
 * without that label its own text names it: the step.
 */
const nameToggleByItsText = (section: HTMLElement | null): void =>
  section?.querySelector('[aria-label="Wizard toggle"]')?.removeAttribute('aria-label')

export default function VirtualMachineCreatePage() {
  const { t } = useTranslation()
  const wizard = useWizard()
  const [created, setCreated] = useState<VirtualMachine>()
  const submit = useSubmit(wizard, setCreated)
  const { form, problems, startStep, setStep } = wizard

  if (created) return <CreationResult created={created} onAgain={() => setCreated(undefined)} />

  const isBroken = (...steps: string[]): boolean =>
    problems.some(({ path }) => steps.some((step) => path.startsWith(`${step}.`)))
  const actions = <WizardActions wizard={wizard} submit={submit} />
  return (
    <FormProvider {...form}>
      <FormProblems value={problems}>
        <PageSection>
          <Title headingLevel="h1">{t('wizard.title')}</Title>
          <RestoredNote wizard={wizard} />
        </PageSection>
        <PageSection
          ref={nameToggleByItsText}
          type="wizard"
          isFilled
          hasBodyWrapper={false}
          aria-label={t('wizard.title')}
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
              isDisabled={isBroken('general')}
            >
              <NetworkingStep />
            </WizardStep>
            <WizardStep
              id="storage"
              name={t('wizard.step.storage')}
              isDisabled={isBroken('general', 'networking')}
            >
              <StorageStep />
            </WizardStep>
            <WizardStep
              id="review"
              name={t('wizard.step.review')}
              isDisabled={isBroken('general', 'networking', 'storage')}
            >
              <ReviewStep error={submit.error} />
            </WizardStep>
          </Wizard>
        </PageSection>
      </FormProblems>
    </FormProvider>
  )
}
