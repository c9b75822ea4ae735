import { Card, CardBody, CardFooter, CardTitle } from '@patternfly/react-core'
import type { VirtualMachineEventsQuery } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLiveQuery } from '../../../live/use-live-query.ts'
import { paths } from '../../../paths.ts'
import { EventsTable } from '../EventsTable.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'

const SHOWN = 5

/** The latest of what happened to a VM, and the way to the rest. */
export function RecentEventsCard(context: VirtualMachineContext) {
  const { virtualMachine, isInstanceOnly = false } = context
  const { t } = useTranslation()
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const { data, error } = useLiveQuery<VirtualMachineEventsQuery>({
    kind: 'virtualMachineEvents',
    namespace,
    name,
    offset: 0,
    limit: SHOWN,
  })
  const events = isInstanceOnly
    ? paths.virtualMachineInstanceEvents
    : paths.virtualMachineEvents
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
          <Link to={events({ namespace, name })}>
            {t('virtualMachine.events.all', { count: data.total })}
          </Link>
        </CardFooter>
      )}
    </Card>
  )
}
