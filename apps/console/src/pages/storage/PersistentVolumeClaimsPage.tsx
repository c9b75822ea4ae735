import type { IoK8sApiCoreV1PersistentVolumeClaim } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
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
import { PhaseLabel } from '../../ui/PhaseLabel.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({
    label: t('resources.persistentVolumeClaims.title'),
    to: paths.persistentVolumeClaims(),
  }),
}

const columns: Column<ObjectRow<IoK8sApiCoreV1PersistentVolumeClaim>>[] = [
  nameColumn,
  namespaceColumn,
  {
    id: 'phase',
    label: 'resources.columns.status',
    cell: ({ object }) => <PhaseLabel phase={object.status?.phase} />,
  },
  {
    id: 'capacity',
    label: 'resources.columns.capacity',
    cell: ({ object }) =>
      object.status?.capacity?.['storage'] ?? object.spec?.resources?.requests?.['storage'],
  },
  {
    id: 'accessModes',
    label: 'resources.columns.accessModes',
    cell: ({ object }) => object.spec?.accessModes?.join(', '),
  },
  {
    id: 'storageClass',
    label: 'resources.columns.storageClass',
    cell: ({ object }) => object.spec?.storageClassName,
  },
  createdColumn,
]

export default function PersistentVolumeClaimsPage() {
  return (
    <ResourceListPage
      resource={RESOURCES.persistentVolumeClaims}
      texts="persistentVolumeClaims"
      columns={columns}
    />
  )
}
