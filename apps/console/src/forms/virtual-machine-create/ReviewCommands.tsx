import {
  CodeBlock,
  CodeBlockAction,
  CodeBlockCode,
  Content,
  List,
  ListItem,
  Tab,
  Tabs,
  TabTitleText,
} from '@patternfly/react-core'
import { virtctlCreate, virtctlGaps } from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyTextButton } from '../../ui/CopyTextButton.tsx'
import type { ReviewTexts } from './review-texts.ts'
import styles from './ReviewStep.module.css'
import { useWizardState } from './wizard-context.ts'

/** F-14: what one would type instead. */
export function ReviewCommands({ texts }: { texts: ReviewTexts }) {
  const { t } = useTranslation()
  const { purpose } = useWizardState()
  const [tool, setTool] = useState<string | number>('kubectl')
  const kubectl = (
    <CommandBlock tool={t('wizard.review.tool.kubectl')} command={texts.kubectl} />
  )
  // The others make VMs only.
  if (purpose === 'template') return kubectl
  return (
    <Tabs
      isSubtab
      aria-label={t('wizard.review.commands')}
      activeKey={tool}
      mountOnEnter
      onSelect={(_event, key) => setTool(key)}
    >
      <Tab
        eventKey="kubectl"
        title={<TabTitleText>{t('wizard.review.tool.kubectl')}</TabTitleText>}
      >
        {kubectl}
      </Tab>
      <Tab
        eventKey="virtctl"
        title={<TabTitleText>{t('wizard.review.tool.virtctl')}</TabTitleText>}
      >
        <VirtctlCommand />
      </Tab>
      <Tab
        eventKey="ansible"
        title={<TabTitleText>{t('wizard.review.tool.ansible')}</TabTitleText>}
      >
        <CommandBlock tool={t('wizard.review.tool.ansible')} command={texts.ansible} />
      </Tab>
    </Tabs>
  )
}

/** It knows less than the wizard: what it cannot say is said here. */
function VirtctlCommand() {
  const { t } = useTranslation()
  const { values } = useWizardState()
  const gaps = virtctlGaps(values)
  if (gaps.length === 0) {
    return (
      <CommandBlock
        tool={t('wizard.review.tool.virtctl')}
        command={virtctlCreate(values)}
        note={t('wizard.review.virtctlNote')}
      />
    )
  }
  return (
    <Content className={styles['command'] ?? ''}>
      <p>{t('wizard.review.virtctlCannot')}</p>
      <List>
        {gaps.map((gap) => (
          <ListItem key={gap}>{t(`wizard.virtctlGap.${gap}`)}</ListItem>
        ))}
      </List>
    </Content>
  )
}

interface CommandBlockProps {
  tool: string
  command: string
  note?: string
}

function CommandBlock({ tool, command, note }: CommandBlockProps) {
  return (
    <div className={styles['command']}>
      {note !== undefined && <Content component="p">{note}</Content>}
      <CodeBlock
        actions={
          <CodeBlockAction>
            <CopyTextButton label={tool} text={command} />
          </CodeBlockAction>
        }
      >
        <CodeBlockCode>{command}</CodeBlockCode>
      </CodeBlock>
    </div>
  )
}
