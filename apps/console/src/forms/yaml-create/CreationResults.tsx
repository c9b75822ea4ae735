import { Alert, List, ListItem } from '@patternfly/react-core'
import {
  CheckCircleIcon,
  ExclamationCircleIcon,
  MinusCircleIcon,
} from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import type { CreationOutcome } from './create-objects.ts'

const ICONS = {
  created: <CheckCircleIcon />,
  earlier: <CheckCircleIcon />,
  failed: <ExclamationCircleIcon />,
  skipped: <MinusCircleIcon />,
} as const satisfies Record<CreationOutcome['outcome'], object>

/** What became of each document, in their order. */
export function CreationResults({ outcomes }: { outcomes: readonly CreationOutcome[] }) {
  const { t } = useTranslation()
  const created = outcomes.filter(
    ({ outcome }) => outcome === 'created' || outcome === 'earlier',
  ).length
  return (
    <Alert
      isInline
      isLiveRegion
      variant={created === outcomes.length ? 'success' : 'danger'}
      title={t('yaml.resultsBody', { created, count: outcomes.length })}
    >
      <List isPlain>
        {outcomes.map((outcome, index) => (
          // The list never changes once it is there.
          // oxlint-disable-next-line react/no-array-index-key
          <ListItem key={index} icon={ICONS[outcome.outcome]}>
            <Outcome {...outcome} />
          </ListItem>
        ))}
      </List>
    </Alert>
  )
}

function Outcome({ object, outcome, error }: CreationOutcome) {
  const { t } = useTranslation()
  const { name = '', namespace = '' } = object.metadata ?? {}
  const title = `${object.kind} ${namespace === '' ? name : `${namespace}/${name}`}`
  const hasPage =
    object.kind === 'VirtualMachine' && (outcome === 'created' || outcome === 'earlier')
  return (
    <>
      {hasPage ? <Link to={paths.virtualMachine({ name, namespace })}>{title}</Link> : title}
      {': '}
      {t(`yaml.result.${outcome}`)}
      {error && ` – ${error.status === 0 ? t('error.unreachable') : error.message}`}
    </>
  )
}
