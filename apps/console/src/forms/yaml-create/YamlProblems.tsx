import { Alert, List, ListItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { RefusalAlert } from '../fields/RefusalAlert.tsx'
import type { ShownProblem, useYamlCreate } from './use-yaml-create.ts'

/** Why nothing was created: all reasons at once, each with its place in the text. */
export function YamlProblems({ creation }: { creation: ReturnType<typeof useYamlCreate> }) {
  const { t } = useTranslation()
  const { problems, warnings, error } = creation
  if (error) return <RefusalAlert title={t('yaml.problems', { count: 1 })} error={error} />
  return (
    <>
      {problems.length > 0 && (
        <Alert
          isInline
          isLiveRegion
          variant="danger"
          title={t('yaml.problems', { count: problems.length })}
        >
          <List>
            {problems.map((problem) => (
              <ListItem key={`${problem.position?.line} ${problem.message}`}>
                <ProblemText {...problem} />
              </ListItem>
            ))}
          </List>
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

function ProblemText({ position, message }: ShownProblem) {
  const { t } = useTranslation()
  if (!position) return message
  return (
    <>
      <strong>{t('yaml.at', { ...position })}</strong>
      {': '}
      {message}
    </>
  )
}
