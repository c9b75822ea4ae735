import {
  ActionList,
  ActionListGroup,
  ActionListItem,
  Button,
  Content,
  HelperText,
  HelperTextItem,
  PageSection,
  Title,
} from '@patternfly/react-core'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { confirm } from '../../feedback/confirmations.ts'
import { showToast } from '../../feedback/toasts.ts'
import { useLeaveGuard } from '../../feedback/use-leave-guard.ts'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { useProject } from '../../layouts/use-project.ts'
import { useSession } from '../../live/session.ts'
import { paths } from '../../paths.ts'
import { downloadText } from '../../yaml-editor/download-text.ts'
import { useClusterSchema } from '../../yaml-editor/schema/use-cluster-schema.ts'
import { YamlEditor } from '../../yaml-editor/YamlEditor.tsx'
import { ChooseFilesButton } from './ChooseFilesButton.tsx'
import { textOfFiles } from './chosen-files.ts'
import type { CreationOutcome } from './create-objects.ts'
import { CreationDone } from './CreationDone.tsx'
import { CreationResults } from './CreationResults.tsx'
import type { Position } from './documents.ts'
import { FileDropArea } from './FileDropArea.tsx'
import { useYamlCreate } from './use-yaml-create.ts'
import { useYamlText } from './use-yaml-text.ts'
import styles from './YamlCreatePage.module.css'
import { YamlProblems } from './YamlProblems.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({ label: t('yaml.title'), to: paths.importYaml() }),
}

export default function YamlCreatePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { defaultNamespace } = useSession()
  const namespace = useProject() ?? defaultNamespace ?? 'default'
  const isTemplate = useSearchParams()[0].get('example') === 'template'
  const draft = useYamlText(namespace, isTemplate ? 'template' : 'virtualMachine')
  const { text } = draft
  const schema = useClusterSchema(text)
  const [isDone, setIsDone] = useState(false)
  const [target, setTarget] = useState<Position>()

  const finish = (outcomes: readonly CreationOutcome[]) => {
    // The leave guard must know before the page is left.
    flushSync(() => setIsDone(true))
    const [only, ...others] = outcomes
    const { kind = '', metadata } = only?.object ?? {}
    const pageOf = kind === 'Template' ? paths.template : paths.virtualMachine
    if (others.length > 0 || !['VirtualMachine', 'Template'].includes(kind)) return
    const { name = '', namespace: project = '' } = metadata ?? {}
    showToast({ variant: 'success', title: t('yaml.created', { kind, name }) })
    void navigate(pageOf({ name, namespace: project }))
  }
  const creation = useYamlCreate({ text, namespace, onDone: finish })
  const { attempt, error, warnings, outcomes, isPending, progress } = creation
  // The button is below the text, what comes of it above.
  const answer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const isAnswered = error !== null || attempt.text !== undefined
    if (isAnswered) answer.current?.scrollIntoView({ block: 'nearest' })
  }, [attempt, error])
  useLeaveGuard((draft.isChanged || isPending) && !isDone)

  const download = () =>
    downloadText(isTemplate ? 'template.yaml' : 'virtual-machine.yaml', text)
  const open = async (files: readonly File[]) => {
    const chosen = await textOfFiles(files)
    if ('problem' in chosen) {
      const title = t(`yaml.files.${chosen.problem}`, { name: chosen.name })
      showToast({ variant: 'danger', title })
      return
    }
    const replaces = {
      title: t('yaml.files.replaceTitle'),
      body: t('yaml.files.replaceBody'),
      confirmLabel: t('yaml.files.replace'),
    }
    if (!draft.isChanged || (await confirm(replaces))) draft.setText(chosen.text)
  }

  if (isDone) {
    const again = () => {
      creation.startOver()
      draft.startOver()
      setIsDone(false)
    }
    return <CreationDone outcomes={outcomes} onAgain={again} onDownload={download} />
  }
  return (
    <>
      <PageSection hasBodyWrapper={false}>
        <Title headingLevel="h1">{t('yaml.title')}</Title>
        <Content component="p">
          {t('yaml.intro')} {t('yaml.project', { namespace })}
        </Content>
      </PageSection>
      <PageSection hasBodyWrapper={false} isFilled className={styles['page'] ?? ''}>
        <div ref={answer} className={styles['answer']}>
          <YamlProblems creation={creation} onGoTo={setTarget} />
          {outcomes.length > 0 && <CreationResults outcomes={outcomes} onGoTo={setTarget} />}
        </div>
        <FileDropArea onDrop={(files) => void open(files)}>
          <YamlEditor
            label={t('yaml.editor')}
            value={text}
            onChange={draft.setText}
            problems={creation.marked}
            schema={schema}
            goTo={target}
          />
        </FileDropArea>
        <HelperText>
          <HelperTextItem>{t('yaml.tabKey')}</HelperTextItem>
        </HelperText>
        <ActionList>
          <ActionListGroup>
            <ActionListItem>
              <Button isLoading={isPending} isDisabled={isPending} onClick={creation.create}>
                {t(warnings.length > 0 ? 'yaml.createAnyway' : 'yaml.create')}
              </Button>
            </ActionListItem>
            <ActionListItem>
              <ChooseFilesButton onChoose={(files) => void open(files)} />
            </ActionListItem>
            <ActionListItem>
              <Button variant="secondary" onClick={download}>
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
        <output>{progress && t('yaml.progress', progress)}</output>
      </PageSection>
    </>
  )
}
