import { Alert, Icon, List, ListItem } from '@patternfly/react-core'
import {
  CheckCircleIcon,
  ExclamationCircleIcon,
  ExclamationTriangleIcon,
  MinusCircleIcon,
} from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isThere, type CreationOutcome } from './create-objects.ts'
import { CreatedStatus } from './CreatedStatus.tsx'
import type { Position } from './documents.ts'
import { pathOfOutcome } from './outcome-links.ts'
import { shownProblems } from './problem-words.ts'
import { ProblemList } from './ProblemList.tsx'
import styles from './YamlCreatePage.module.css'

const done = { icon: CheckCircleIcon, status: 'success' } as const
const warning = { icon: ExclamationTriangleIcon, status: 'warning' } as const

const LOOKS = {
  created: done,
  earlier: done,
  changed: warning,
  unknown: warning,
  failed: { icon: ExclamationCircleIcon, status: 'danger' },
  skipped: { icon: MinusCircleIcon, status: undefined },
} as const satisfies Record<CreationOutcome['outcome'], object>

interface CreationResultsProps {
  outcomes: readonly CreationOutcome[]
  /** Shows a place in the editor, where there is one. */
  onGoTo?: (position: Position) => void
}

/** What became of each document, in their order. */
export function CreationResults({ outcomes, onGoTo }: CreationResultsProps) {
  const { t } = useTranslation()
  const created = outcomes.filter(isThere).length
  const isAll = created === outcomes.length
  return (
    <Alert
      isInline
      isLiveRegion
      variant={isAll ? 'success' : 'danger'}
      title={t('yaml.resultsBody', { created, count: outcomes.length })}
    >
      {!isAll && t('yaml.retryHint')}
      <List isPlain className={styles['long'] ?? ''}>
        {outcomes.map((outcome, index) => {
          const { icon: Look, status } = LOOKS[outcome.outcome]
          const icon = (
            <Icon {...(status && { status })}>
              <Look />
            </Icon>
          )
          return (
            // The list never changes once it is there.
            // oxlint-disable-next-line react/no-array-index-key
            <ListItem key={index} icon={icon}>
              <Outcome outcome={outcome} />
              {onGoTo && outcome.problems && (
                <ProblemList problems={shownProblems(t, outcome.problems)} onGoTo={onGoTo} />
              )}
            </ListItem>
          )
        })}
      </List>
    </Alert>
  )
}

function Outcome({ outcome }: { outcome: CreationOutcome }) {
  const { t } = useTranslation()
  const { object, outcome: what } = outcome
  const { name, generateName, namespace } = object.metadata ?? {}
  const shown = [namespace, name ?? generateName].filter(Boolean).join('/')
  const title = `${object.kind} ${shown}`
  const path = isThere(outcome) ? pathOfOutcome(outcome) : undefined
  return (
    <>
      {path === undefined ? title : <Link to={path}>{title}</Link>}
      {': '}
      {t(`yaml.result.${what}`)}
      {isThere(outcome) && object.kind === 'VirtualMachine' && (
        <CreatedStatus name={name ?? ''} namespace={namespace ?? ''} />
      )}
    </>
  )
}
