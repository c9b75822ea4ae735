import type { IoK8sApiCoreV1Service } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../../table/column.ts'
import {
  createdColumn,
  nameColumn,
  namespaceColumn,
  type ObjectRow,
} from '../../table/object-columns.tsx'
import { ResourceListPage } from '../../table/ResourceListPage.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({ label: t('resources.services.title'), to: paths.services() }),
}

const columns: Column<ObjectRow<IoK8sApiCoreV1Service>>[] = [
  nameColumn,
  namespaceColumn,
  {
    id: 'type',
    label: 'resources.columns.type',
    cell: ({ object }) => object.spec?.type,
  },
  {
    id: 'clusterIp',
    label: 'resources.columns.clusterIp',
    cell: ({ object }) => object.spec?.clusterIP,
  },
  {
    id: 'ports',
    label: 'resources.columns.ports',
    cell: ({ object }) =>
      object.spec?.ports?.map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`).join(', '),
  },
  createdColumn,
]

export default function ServicesPage() {
  return <ResourceListPage resource={RESOURCES.services} texts="services" columns={columns} />
}
