import {
  Alert,
  ClipboardCopyButton,
  CodeBlock,
  CodeBlockAction,
  CodeBlockCode,
  Stack,
  StackItem,
  Tab,
  Tabs,
  TabTitleText,
} from '@patternfly/react-core'
import { kubectlCreate, toManifests, type VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../live/api-error.ts'
import { YamlEditor } from '../../yaml-editor/YamlEditor.tsx'
import { RefusalAlert } from '../fields/RefusalAlert.tsx'
import { toYamlText } from '../manifest-text.ts'
import { ReviewSummary } from './ReviewSummary.tsx'
import styles from './ReviewStep.module.css'
import { useWizardState } from './wizard-context.ts'

/** F-14: everything chosen, as a summary, as YAML and as the command that does the same. */
export function ReviewStep({ error }: { error: ApiError | null }) {
  const { t } = useTranslation()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const { base } = useWizardState()
  const values = watch()
  const [tab, setTab] = useState<string | number>('summary')
  const yaml = toYamlText(toManifests(values, { base }))
  return (
    <Stack hasGutter>
      {error && (
        <StackItem>
          <RefusalAlert title={t('wizard.refused')} error={error} />
        </StackItem>
      )}
      {!values.general.startOnCreation && (
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
            <ReviewSummary values={values} />
          </Tab>
          <Tab eventKey="yaml" title={<TabTitleText>{t('wizard.review.yaml')}</TabTitleText>}>
            <div className={styles['panel']}>
              <YamlEditor
                label={t('yamlEditor.labelOf', { name: values.general.name })}
                value={yaml}
                isReadOnly
              />
            </div>
          </Tab>
          <Tab
            eventKey="command"
            title={<TabTitleText>{t('wizard.review.command')}</TabTitleText>}
          >
            <CommandBlock command={kubectlCreate(yaml)} />
          </Tab>
        </Tabs>
      </StackItem>
    </Stack>
  )
}

function CommandBlock({ command }: { command: string }) {
  const { t } = useTranslation()
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(command)
    setIsCopied(true)
  }
  return (
    <CodeBlock
      className={styles['command'] ?? ''}
      actions={
        <CodeBlockAction>
          <ClipboardCopyButton
            id="copy-command"
            aria-label={t('common.copy')}
            variant="plain"
            onTooltipHidden={() => setIsCopied(false)}
            onClick={() => void copy()}
          >
            {t(isCopied ? 'common.copied' : 'common.copy')}
          </ClipboardCopyButton>
        </CodeBlockAction>
      }
    >
      <CodeBlockCode>{command}</CodeBlockCode>
    </CodeBlock>
  )
}
