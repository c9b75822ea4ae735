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
import type { KubernetesObject } from '@virtdeck/kubernetes'
import { useAccess } from '../live/use-access.ts'
import { downloadText } from './download-text.ts'
import styles from './ObjectYaml.module.css'
import { MergeDialog } from './MergeDialog.tsx'
import { useClusterSchema } from './schema/use-cluster-schema.ts'
import { useObjectDraft, type EditedObject } from './use-object-draft.ts'
import { YamlEditor } from './YamlEditor.tsx'

/** The YAML tab of any object: an editor that saves. */
export function ObjectYaml<T extends KubernetesObject>(edited: EditedObject<T>) {
  const { t } = useTranslation()
  const draft = useObjectDraft(edited)
  const { text, setText, isDirty, isOutdated, problem, isSaving, save, reload } = draft
  const { merging, beginMerge, endMerge } = draft
  const schema = useClusterSchema(text)
  const { namespace, name = '' } = edited.latest.metadata ?? {}
  const { group, resource } = edited.resource
  const [access] = useAccess([
    { verb: 'update', group, resource, name, ...(namespace && { namespace }) },
  ])
  const mayNotSave = access?.allowed === false
  const conflictLinks = (
    <>
      <AlertActionLink onClick={beginMerge}>{t('yamlEditor.merge.begin')}</AlertActionLink>
      <AlertActionLink onClick={reload}>{t('yamlEditor.reloadDiscarding')}</AlertActionLink>
    </>
  )
  return (
    <PageSection hasBodyWrapper={false} isFilled className={styles['page'] ?? ''}>
      {mayNotSave && <Alert isInline variant="info" title={t('yamlEditor.mayNotSave')} />}
      {isOutdated && !problem && (
        <Alert
          isInline
          variant="warning"
          title={t('yamlEditor.outdated')}
          actionLinks={conflictLinks}
        >
          {t('yamlEditor.outdatedBody')}
        </Alert>
      )}
      {problem && (
        <Alert
          isInline
          variant="danger"
          title={problem.title}
          {...(problem.isConflict && { actionLinks: conflictLinks })}
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
            <Button
              isLoading={isSaving}
              isDisabled={!isDirty || isSaving || mayNotSave}
              onClick={save}
            >
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
      {merging && <MergeDialog {...merging} onMerged={endMerge} onClose={() => endMerge()} />}
    </PageSection>
  )
}
