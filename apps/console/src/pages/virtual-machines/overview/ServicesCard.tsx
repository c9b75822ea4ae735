import type { IoK8sApiCoreV1Service } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import { selectsVirtualMachine } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../../live/use-live-query.ts'
import type { Column } from '../../../table/column.ts'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import { TableCard } from './TableCard.tsx'

interface ServiceRow {
  key: string
  object: IoK8sApiCoreV1Service
}

const columns: readonly Column<ServiceRow>[] = [
  { id: 'name', label: 'table.columns.name', cell: ({ object }) => object.metadata?.name },
  { id: 'type', label: 'overview.services.type', cell: ({ object }) => object.spec?.type },
  { id: 'ports', label: 'overview.services.ports', cell: ({ object }) => portsOf(object) },
]

/** `22/TCP, 80:30080/TCP`, as kubectl writes node ports. */
const portsOf = ({ spec }: IoK8sApiCoreV1Service): string =>
  (spec?.ports ?? [])
    .map(({ port, nodePort, protocol = 'TCP' }) =>
      nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
    )
    .join(', ')

/** The Services whose traffic reaches the VM. */
export function ServicesCard({ virtualMachine, instance }: VirtualMachineContext) {
  const { t } = useTranslation()
  const { group, version, resource } = RESOURCES.services
  const { data, error } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group,
    version,
    resource,
    namespace: virtualMachine.metadata?.namespace ?? '',
    sort: { column: 'name', direction: 'ascending' },
    offset: 0,
    limit: 200,
  })
  const rows = (data?.rows as unknown as ServiceRow[] | undefined)?.filter(({ object }) =>
    selectsVirtualMachine(object, virtualMachine, instance),
  )
  return (
    <TableCard
      title={t('overview.services.title')}
      none={t('overview.services.none')}
      columns={columns}
      rows={rows}
      error={error}
    />
  )
}
