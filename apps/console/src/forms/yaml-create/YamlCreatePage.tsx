import {
  ActionList,
  ActionListGroup,
  ActionListItem,
  Button,
  Content,
  PageSection,
  Title,
} from '@patternfly/react-core'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { showToast } from '../../feedback/toasts.ts'
import { useLeaveGuard } from '../../feedback/use-leave-guard.ts'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { useProject } from '../../layouts/use-project.ts'
import { useSession } from '../../live/session.ts'
import { paths } from '../../paths.ts'
import { downloadText } from '../../yaml-editor/download-text.ts'
import { YamlEditor } from '../../yaml-editor/YamlEditor.tsx'
import type { CreationOutcome } from './create-objects.ts'
import { CreationResults } from './CreationResults.tsx'
import { exampleText } from './example.ts'
import { useYamlCreate } from './use-yaml-create.ts'
import styles from './YamlCreatePage.module.css'
import { YamlProblems } from './YamlProblems.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({ label: t('yaml.title'), to: paths.importYaml() }),
}

export default function YamlCreatePage() {
  const { t } = useTranslation()
  const { defaultNamespace } = useSession()
  const namespace = useProject() ?? defaultNamespace ?? 'default'
  const example = exampleText(namespace)
  // Until something is typed, the example follows the chosen project.
  const [typed, setTyped] = useState<string>()
  const text = typed ?? example
  const [isDone, setIsDone] = useState(false)
  const navigate = useNavigate()
  useLeaveGuard(text !== example && !isDone)

  const finish = (outcomes: readonly CreationOutcome[]) => {
    // The leave guard must know before the page is left.
    flushSync(() => setIsDone(true))
    const [only, ...others] = outcomes
    const { kind = '', metadata } = only?.object ?? {}
    if (others.length > 0 || kind !== 'VirtualMachine') return
    const { name = '', namespace = '' } = metadata ?? {}
    showToast({ variant: 'success', title: t('yaml.created', { kind, name }) })
    void navigate(paths.virtualMachine({ name, namespace }))
  }
  const creation = useYamlCreate({ text, namespace, onDone: finish })
  const { warnings, outcomes, isPending } = creation

  if (isDone) {
    const again = () => {
      creation.startOver()
      setTyped(undefined)
      setIsDone(false)
    }
    return (
      <PageSection isFilled>
        <Title headingLevel="h1">{t('yaml.results')}</Title>
        <CreationResults outcomes={outcomes} />
        <Button variant="secondary" onClick={again}>
          {t('yaml.again')}
        </Button>
      </PageSection>
    )
  }
  return (
    <>
      <PageSection>
        <Title headingLevel="h1">{t('yaml.title')}</Title>
        <Content component="p">
          {t('yaml.intro')} {t('yaml.project', { namespace })}
        </Content>
      </PageSection>
      <PageSection hasBodyWrapper={false} isFilled className={styles['page'] ?? ''}>
        <YamlProblems creation={creation} />
        {outcomes.length > 0 && <CreationResults outcomes={outcomes} />}
        <div className={styles['editor']}>
          <YamlEditor label={t('yaml.editor')} value={text} onChange={setTyped} />
        </div>
        <ActionList>
          <ActionListGroup>
            <ActionListItem>
              <Button isLoading={isPending} isDisabled={isPending} onClick={creation.create}>
                {t(warnings.length > 0 ? 'yaml.createAnyway' : 'yaml.create')}
              </Button>
            </ActionListItem>
            <ActionListItem>
              <Button
                variant="secondary"
                onClick={() => downloadText('virtual-machine.yaml', text)}
              >
                {t('yaml.download')}
              </Button>
            </ActionListItem>
          </ActionListGroup>
          <ActionListGroup>
            <ActionListItem>
              <Button
                variant="link"
                onClick={() => void navigate(paths.virtualMachines({ namespace }))}
              >
                {t('common.cancel')}
              </Button>
            </ActionListItem>
          </ActionListGroup>
        </ActionList>
      </PageSection>
    </>
  )
}
