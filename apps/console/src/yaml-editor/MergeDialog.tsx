import {
  Alert,
  Button,
  Content,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Stack,
  StackItem,
  Title,
} from '@patternfly/react-core'
import type { KubernetesObject } from '@virtdeck/kubernetes'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConflictTable } from './ConflictTable.tsx'
import { mergeObjects, type MergeSide } from './merge-objects.ts'
import styles from './MergeDialog.module.css'
import { toYaml } from './object-document.ts'
import { YamlDiff } from './YamlDiff.tsx'

interface MergeDialogProps {
  /** What the user began with, what they made of it, and what the cluster has now. */
  base: KubernetesObject
  mine: KubernetesObject
  theirs: KubernetesObject
  onMerged: (text: string) => void
  onClose: () => void
}

/** F-30: joins one's own changes with those made elsewhere; nothing is lost without a choice. */
export function MergeDialog({ base, mine, theirs, onMerged, onClose }: MergeDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const [choices, setChoices] = useState<ReadonlyMap<string, MergeSide>>(new Map())
  const { value, conflicts, taken } = useMemo(
    () => mergeObjects({ base, mine, theirs }, choices),
    [base, mine, theirs, choices],
  )
  const before = useMemo(() => toYaml(theirs), [theirs])
  const after = useMemo(() => toYaml(value as KubernetesObject), [value])
  const open = conflicts.filter(({ path }) => !choices.has(path)).length
  const places = taken.filter((path) => !isBookkeeping(path))
  return (
    <Modal isOpen variant="large" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader
        title={t('yamlEditor.merge.title')}
        description={t('yamlEditor.merge.body')}
        labelId={`${id}-title`}
      />
      <ModalBody tabIndex={0} aria-label={t('yamlEditor.merge.title')}>
        <Stack hasGutter>
          <StackItem>
            <Alert
              isInline
              variant={conflicts.length === 0 ? 'success' : 'warning'}
              title={t('yamlEditor.merge.summary', { count: conflicts.length })}
            >
              {places.length > 0 && (
                <Content component="p">
                  {t('yamlEditor.merge.taken', { places: places.join(', ') })}
                </Content>
              )}
            </Alert>
          </StackItem>
          {conflicts.length > 0 && (
            <StackItem>
              <ConflictTable
                conflicts={conflicts}
                choices={choices}
                onChoose={(path, side) => setChoices(new Map(choices).set(path, side))}
              />
            </StackItem>
          )}
          <StackItem>
            <Title headingLevel="h2" size="md">
              {t('yamlEditor.merge.result')}
            </Title>
            <div className={styles['diff']}>
              <YamlDiff label={t('yamlEditor.merge.result')} before={before} after={after} />
            </div>
          </StackItem>
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button isDisabled={open > 0} onClick={() => onMerged(after)}>
          {t('yamlEditor.merge.use')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        {open > 0 && <span>{t('yamlEditor.merge.open', { count: open })}</span>}
      </ModalFooter>
    </Modal>
  )
}

/** What the cluster counts by itself says nothing about what somebody changed. */
const isBookkeeping = (path: string): boolean =>
  path.startsWith('status') ||
  ['metadata.resourceVersion', 'metadata.generation', 'metadata.managedFields'].includes(path)
