import { PageSection, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core'
import { HistoryIcon } from '@patternfly/react-icons'
import type { ActivityEntry, ActivityKind } from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useVirtualMachine } from '../pages/virtual-machines/virtual-machine-context.ts'
import { EmptyContent } from '../ui/EmptyContent.tsx'
import { Loading } from '../ui/Loading.tsx'
import styles from './ActivityTab.module.css'
import { ActivityItem } from './ActivityItem.tsx'
import { useActivity } from './use-activity.ts'

const GROUPS = ['all', 'changes', 'status', 'consoles', 'migrations', 'events'] as const
type Group = (typeof GROUPS)[number]

const GROUP_OF: Record<ActivityKind, Exclude<Group, 'all'>> = {
  created: 'changes',
  deletion: 'changes',
  fields: 'changes',
  request: 'changes',
  phase: 'status',
  condition: 'status',
  console: 'consoles',
  migration: 'migrations',
  event: 'events',
}

/** What happened to the VM: changes, status, migrations and events in one line of time. */
export default function ActivityTab() {
  const { t } = useTranslation()
  const { entries, isLoading } = useActivity(useVirtualMachine())
  const [group, setGroup] = useState<Group>('all')
  const shown = entries.filter(({ kind }) => group === 'all' || GROUP_OF[kind] === group)
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <ToggleGroup aria-label={t('activity.filter')}>
        {GROUPS.map((each) => (
          <ToggleGroupItem
            key={each}
            text={t(`activity.group.${each}`)}
            buttonId={`activity-${each}`}
            isSelected={group === each}
            onChange={() => setGroup(each)}
          />
        ))}
      </ToggleGroup>
      {isLoading && <Loading />}
      {!isLoading && shown.length === 0 && (
        <EmptyContent icon={HistoryIcon} title={t('activity.none')}>
          {t('activity.noneBody')}
        </EmptyContent>
      )}
      {!isLoading && <Days entries={shown} />}
    </PageSection>
  )
}

function Days({ entries }: { entries: readonly ActivityEntry[] }) {
  const { i18n } = useTranslation()
  const days = Map.groupBy(entries, ({ time }) =>
    new Date(time).toLocaleDateString(i18n.language, { dateStyle: 'full' }),
  )
  return [...days].map(([day, ofDay]) => (
    <section key={day} aria-label={day}>
      <h2 className={styles['day']}>{day}</h2>
      <ol className={styles['line']}>
        {ofDay.map((entry) => (
          <ActivityItem key={entry.key} entry={entry} />
        ))}
      </ol>
    </section>
  ))
}
