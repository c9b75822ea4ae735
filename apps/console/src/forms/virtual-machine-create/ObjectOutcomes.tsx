import { Content, Icon, List, ListItem } from '@patternfly/react-core'
import {
  CheckCircleIcon,
  ExclamationCircleIcon,
  ExclamationTriangleIcon,
  MinusCircleIcon,
  UndoIcon,
} from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ApiError } from '../../live/api-error.ts'
import { paths } from '../../paths.ts'
import { isAllCreated, type ObjectOutcome } from './create-together.ts'

const LOOKS = {
  created: { icon: CheckCircleIcon, status: 'success' },
  left: { icon: ExclamationTriangleIcon, status: 'warning' },
  unknown: { icon: ExclamationTriangleIcon, status: 'warning' },
  failed: { icon: ExclamationCircleIcon, status: 'danger' },
  rolledBack: { icon: UndoIcon, status: undefined },
  notTried: { icon: MinusCircleIcon, status: undefined },
} as const

interface ObjectOutcomesProps {
  outcomes: readonly ObjectOutcome[]
  /** What is said beside the list already. */
  told?: ApiError
}

/** Every object of an attempt with what became of it, and why. */
export function ObjectOutcomes({ outcomes, told }: ObjectOutcomesProps) {
  const { t } = useTranslation()
  const isDone = isAllCreated(outcomes)
  return (
    <List isPlain aria-label={t('wizard.result.objects')}>
      {outcomes.map(({ object, state, error }) => {
        const look = state === 'created' && !isDone ? 'left' : state
        const { icon: Look, status } = LOOKS[look]
        const reason = error === told ? undefined : error?.message
        const why = isDone && reason ? t('wizard.result.notTied', { reason }) : reason
        return (
          <ListItem
            key={`${object.kind} ${object.metadata?.name}`}
            icon={
              <Icon {...(status && { status })}>
                <Look />
              </Icon>
            }
          >
            <ObjectName outcome={{ object, state }} />: {t(`wizard.objectState.${look}`)}
            {why && <Content component="small">{why}</Content>}
          </ListItem>
        )
      })}
    </List>
  )
}

function ObjectName({ outcome: { object, state } }: { outcome: ObjectOutcome }) {
  const { name = '', namespace = '' } = object.metadata ?? {}
  const title = `${object.kind} ${name}`
  const target = { name, namespace }
  if (state === 'created' && object.kind === 'VirtualMachine') {
    return <Link to={paths.virtualMachine(target)}>{title}</Link>
  }
  if (state === 'created' && object.kind === 'Template') {
    return <Link to={paths.template(target)}>{title}</Link>
  }
  return title
}
