import {
  ActionList,
  ActionListGroup,
  ActionListItem,
  Alert,
  AlertActionLink,
  Button,
  PageSection,
} from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { downloadText } from '../../../yaml-editor/download-text.ts'
import { useClusterSchema } from '../../../yaml-editor/schema/use-cluster-schema.ts'
import { YamlEditor } from '../../../yaml-editor/YamlEditor.tsx'
import { useVirtualMachine } from '../virtual-machine-context.ts'
import { useYamlDraft } from '../use-yaml-draft.ts'
import styles from './YamlTab.module.css'

export default function YamlTab() {
  const { t } = useTranslation()
  const { virtualMachine, instance } = useVirtualMachine()
  const draft = useYamlDraft(virtualMachine, instance !== undefined && instance !== null)
  const { text, setText, isDirty, isOutdated, problem, isSaving, save, reload } = draft
  const schema = useClusterSchema(text)
  const name = virtualMachine.metadata?.name ?? ''
  const reloadLink = (
    <AlertActionLink onClick={reload}>{t('yamlEditor.reloadDiscarding')}</AlertActionLink>
  )
  return (
    <PageSection hasBodyWrapper={false} isFilled className={styles['page'] ?? ''}>
      {isOutdated && !problem && (
        <Alert
          isInline
          variant="warning"
          title={t('yamlEditor.outdated')}
          actionLinks={reloadLink}
        >
          {t('yamlEditor.outdatedBody')}
        </Alert>
      )}
      {problem && (
        <Alert
          isInline
          variant="danger"
          title={problem.title}
          {...(problem.isConflict && { actionLinks: reloadLink })}
        >
          {problem.detail}
        </Alert>
      )}
      <div className={styles['editor']}>
        <YamlEditor
          label={t('yamlEditor.labelOf', { name })}
          value={text}
          onChange={setText}
          schema={schema}
        />
      </div>
      <ActionList>
        <ActionListGroup>
          <ActionListItem>
            <Button isLoading={isSaving} isDisabled={!isDirty || isSaving} onClick={save}>
              {t('yamlEditor.save')}
            </Button>
          </ActionListItem>
          <ActionListItem>
            <Button variant="secondary" onClick={reload}>
              {t('yamlEditor.reload')}
            </Button>
          </ActionListItem>
          <ActionListItem>
            <Button variant="link" onClick={() => downloadText(`${name}.yaml`, text)}>
              {t('yamlEditor.download')}
            </Button>
          </ActionListItem>
        </ActionListGroup>
      </ActionList>
    </PageSection>
  )
}
