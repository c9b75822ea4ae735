import { PageSection } from '@patternfly/react-core'
import { HistoryIcon } from '@patternfly/react-icons'
import type { VirtualMachineEventsQuery } from '@virtdeck/bff-contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useLiveQuery } from '../../../live/use-live-query.ts'
import type { ListParameters } from '../../../table/list-parameters.ts'
import { ListPagination } from '../../../table/ListPagination.tsx'
import { EmptyContent } from '../../../ui/EmptyContent.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { EventsTable } from '../EventsTable.tsx'

/** Live and newest first; the order is the server's, so that pages fit together. */
export default function EventsTab() {
  const { t } = useTranslation()
  const { namespace = '', name = '' } = useParams()
  const [{ page, perPage }, setPages] = useState({ page: 1, perPage: 50 })
  const { data, state, error } = useLiveQuery<VirtualMachineEventsQuery>({
    kind: 'virtualMachineEvents',
    namespace,
    name,
    offset: (page - 1) * perPage,
    limit: perPage,
  })
  const change = (changed: Partial<ListParameters>) =>
    setPages({ page: changed.page ?? 1, perPage: changed.perPage ?? perPage })
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      {state === 'error' && error && <ErrorState error={error} />}
      {state === 'loading' && <Loading />}
      {data && data.total === 0 && (
        <EmptyContent icon={HistoryIcon} title={t('virtualMachine.events.none')}>
          {t('virtualMachine.events.noneBody')}
        </EmptyContent>
      )}
      {data && data.total > 0 && (
        <>
          <EventsTable rows={data.rows} />
          {data.total > data.rows.length && (
            <ListPagination
              variant="bottom"
              total={data.total}
              parameters={{ page, perPage }}
              onChange={change}
            />
          )}
        </>
      )}
    </PageSection>
  )
}
