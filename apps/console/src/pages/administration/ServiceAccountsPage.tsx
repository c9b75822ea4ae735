import type { IoK8sApiCoreV1ServiceAccount } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
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
  crumb: ({ t }) => ({
    label: t('resources.serviceAccounts.title'),
    to: paths.serviceAccounts(),
  }),
}

const columns: Column<ObjectRow<IoK8sApiCoreV1ServiceAccount>>[] = [
  nameColumn,
  namespaceColumn,
  createdColumn,
]

export default function ServiceAccountsPage() {
  return (
    <ResourceListPage
      resource={RESOURCES.serviceAccounts}
      texts="serviceAccounts"
      columns={columns}
    />
  )
}
