import {
  CheckCircleIcon,
  ExclamationCircleIcon,
  InProgressIcon,
  MinusCircleIcon,
  PendingIcon,
} from '@patternfly/react-icons'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusLabel, type StatusTone } from '../../../ui/StatusLabel.tsx'
import type { VirtualMachineTarget } from '../action.ts'
import type { BulkOutcome } from './run-in-bulk.ts'

const LOOKS: Record<BulkOutcome['state'], { tone: StatusTone; icon: ComponentType }> = {
  waiting: { tone: 'neutral', icon: PendingIcon },
  running: { tone: 'progress', icon: InProgressIcon },
  done: { tone: 'success', icon: CheckCircleIcon },
  failed: { tone: 'danger', icon: ExclamationCircleIcon },
  skipped: { tone: 'neutral', icon: MinusCircleIcon },
}

interface BulkOutcomesProps {
  label: string
  targets: readonly VirtualMachineTarget[]
  outcomes: ReadonlyMap<string, BulkOutcome>
}

/** What became of each VM. */
export function BulkOutcomes({ label, targets, outcomes }: BulkOutcomesProps) {
  const { t } = useTranslation()
  return (
    <Table aria-label={label} variant="compact">
      <Thead>
        <Tr>
          <Th width={30}>{t('table.columns.name')}</Th>
          <Th width={20}>{t('table.columns.namespace')}</Th>
          <Th>{t('actions.bulk.result')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {targets.map(({ uid, namespace, name }) => {
          const outcome = outcomes.get(uid) ?? { state: 'waiting' }
          return (
            <Tr key={uid}>
              <Td dataLabel={t('table.columns.name')}>{name}</Td>
              <Td dataLabel={t('table.columns.namespace')}>{namespace}</Td>
              <Td dataLabel={t('actions.bulk.result')}>
                <StatusLabel {...LOOKS[outcome.state]}>
                  {t(`actions.bulk.outcome.${outcome.state}`)}
                </StatusLabel>{' '}
                {'message' in outcome && outcome.message}
              </Td>
            </Tr>
          )
        })}
      </Tbody>
    </Table>
  )
}
