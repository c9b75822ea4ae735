import { Card, CardBody, CardFooter, CardTitle } from '@patternfly/react-core'
import type { VirtualMachineEventsQuery } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLiveQuery } from '../../../live/use-live-query.ts'
import { paths } from '../../../paths.ts'
import { EventsTable } from '../EventsTable.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'

const SHOWN = 5

export function RecentEventsCard({ virtualMachine }: VirtualMachineContext) {
  const { t } = useTranslation()
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const { data, error } = useLiveQuery<VirtualMachineEventsQuery>({
    kind: 'virtualMachineEvents',
    namespace,
    name,
    offset: 0,
    limit: SHOWN,
  })
  return (
    <Card>
      <CardTitle component="h2">{t('virtualMachine.events.recent')}</CardTitle>
      <CardBody>
        {data && data.rows.length > 0 ? (
          <EventsTable rows={data.rows} isCompact />
        ) : (
          (error?.message ?? (data ? t('virtualMachine.events.none') : t('common.loading')))
        )}
      </CardBody>
      {data && data.total > SHOWN && (
        <CardFooter>
          <Link to={paths.virtualMachineEvents({ namespace, name })}>
            {t('virtualMachine.events.all', { count: data.total })}
          </Link>
        </CardFooter>
      )}
    </Card>
  )
}
