import { Alert, Stack, StackItem, Tab, Tabs, TabTitleText } from '@patternfly/react-core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CreationFailure } from './CreationFailure.tsx'
import { ObjectText } from './ObjectText.tsx'
import { reviewTexts } from './review-texts.ts'
import { ReviewCommands } from './ReviewCommands.tsx'
import { ReviewSummary } from './ReviewSummary.tsx'
import type { Submit } from './use-submit.ts'
import { useWizardState } from './wizard-context.ts'

/** F-14: everything chosen, as a summary, as text and as the commands that do the same. */
export function ReviewStep({ submit: { error, outcomes } }: { submit: Submit }) {
  const { t } = useTranslation()
  const { values, base, purpose, toObjects } = useWizardState()
  const [tab, setTab] = useState<string | number>('summary')
  const texts = useMemo(
    () =>
      reviewTexts(toObjects(values), ({ kind = '', metadata }) =>
        t('wizard.review.ansibleTitle', { kind, name: metadata?.name ?? '' }),
      ),
    // The function is made anew each time; what it makes depends on these.
    // oxlint-disable-next-line react/exhaustive-deps
    [t, values, base],
  )
  const label = t('yamlEditor.labelOf', { name: values.general.name })
  return (
    <Stack hasGutter>
      {error && (
        <StackItem>
          <CreationFailure error={error} outcomes={outcomes} />
        </StackItem>
      )}
      {purpose === 'virtualMachine' && !values.general.startOnCreation && (
        <StackItem>
          <Alert isInline isPlain variant="info" title={t('wizard.review.notStarted')} />
        </StackItem>
      )}
      <StackItem isFilled>
        <Tabs
          aria-label={t('wizard.step.review')}
          activeKey={tab}
          mountOnEnter
          onSelect={(_event, key) => setTab(key)}
        >
          <Tab
            eventKey="summary"
            title={<TabTitleText>{t('wizard.review.summary')}</TabTitleText>}
          >
            <ReviewSummary />
          </Tab>
          <Tab eventKey="yaml" title={<TabTitleText>{t('wizard.review.yaml')}</TabTitleText>}>
            <ObjectText label={label} format="YAML" text={texts.yaml} />
          </Tab>
          <Tab eventKey="json" title={<TabTitleText>{t('wizard.review.json')}</TabTitleText>}>
            <ObjectText label={label} format="JSON" text={texts.json} />
          </Tab>
          <Tab
            eventKey="commands"
            title={<TabTitleText>{t('wizard.review.commands')}</TabTitleText>}
          >
            <ReviewCommands texts={texts} />
          </Tab>
        </Tabs>
      </StackItem>
    </Stack>
  )
}
