import { PageSection } from '@patternfly/react-core'
import { HistoryIcon } from '@patternfly/react-icons'
import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../../live/use-live-query.ts'
import { EmptyContent } from '../../../ui/EmptyContent.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { EventsTable } from '../../virtual-machines/EventsTable.tsx'
import { usePod } from '../pod-context.ts'

/** More events than that a pod has only in trouble, and then they repeat themselves. */
const LIMIT = 200

export default function EventsTab() {
  const { t } = useTranslation()
  const { pod } = usePod()
  const { namespace = '', name = '' } = pod.metadata ?? {}
  const { data, state, error } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group: '',
    version: 'v1',
    resource: 'events',
    namespace,
    fieldSelector: `involvedObject.kind=Pod,involvedObject.name=${name}`,
    sort: { column: 'created', direction: 'descending' },
    offset: 0,
    limit: LIMIT,
  })
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      {state === 'error' && error && <ErrorState error={error} />}
      {state === 'loading' && <Loading />}
      {data?.total === 0 && (
        <EmptyContent icon={HistoryIcon} title={t('virtualMachine.events.none')}>
          {t('pod.noEvents')}
        </EmptyContent>
      )}
      {data && data.total > 0 && <EventsTable rows={data.rows} />}
    </PageSection>
  )
}
