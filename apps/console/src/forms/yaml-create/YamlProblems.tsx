import { Alert, List, ListItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { RefusalAlert } from '../fields/RefusalAlert.tsx'
import type { Position } from './documents.ts'
import { ProblemList } from './ProblemList.tsx'
import type { useYamlCreate } from './use-yaml-create.ts'

interface YamlProblemsProps {
  creation: ReturnType<typeof useYamlCreate>
  /** Shows a place in the editor. */
  onGoTo: (position: Position) => void
}

/** Why nothing was created: all reasons at once, each with its place in the text. */
export function YamlProblems({ creation, onGoTo }: YamlProblemsProps) {
  const { t } = useTranslation()
  const { problems, warnings, error, createdBefore } = creation
  const before =
    createdBefore > 0 ? t('yaml.createdBefore', { count: createdBefore }) : undefined
  if (error) return <RefusalAlert title={t('yaml.interrupted')} error={error} />
  return (
    <>
      {problems.length > 0 && (
        <Alert
          isInline
          isLiveRegion
          variant="danger"
          title={t('yaml.problems', { count: problems.length })}
        >
          {before}
          <ProblemList problems={problems} onGoTo={onGoTo} />
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert isInline isLiveRegion variant="warning" title={t('yaml.warnings')}>
          <List>
            {warnings.map((warning) => (
              <ListItem key={`${warning.namespace}/${warning.name} ${warning.claim}`}>
                {t('yaml.missingClaim', { ...warning })}
              </ListItem>
            ))}
          </List>
        </Alert>
      )}
    </>
  )
}
