import { Label } from '@patternfly/react-core'
import type { IoK8sApiStorageV1StorageClass } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES } from '@virtdeck/kubernetes'
import { useTranslation } from 'react-i18next'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../../table/column.ts'
import { createdColumn, nameColumn, type ObjectRow } from '../../table/object-columns.tsx'
import { ResourceListPage } from '../../table/ResourceListPage.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({
    label: t('resources.storageClasses.title'),
    to: paths.storageClasses(),
  }),
  clusterScoped: true,
}

const columns: Column<ObjectRow<IoK8sApiStorageV1StorageClass>>[] = [
  nameColumn,
  {
    id: 'provisioner',
    label: 'resources.columns.provisioner',
    cell: ({ object }) => object.provisioner,
  },
  {
    id: 'reclaimPolicy',
    label: 'resources.columns.reclaimPolicy',
    cell: ({ object }) => object.reclaimPolicy,
  },
  {
    id: 'bindingMode',
    label: 'resources.columns.bindingMode',
    cell: ({ object }) => object.volumeBindingMode,
  },
  {
    id: 'default',
    label: 'resources.columns.default',
    cell: ({ object }) => <DefaultMark isDefault={isDefault(object)} />,
  },
  createdColumn,
]

export default function StorageClassesPage() {
  return (
    <ResourceListPage
      resource={RESOURCES.storageClasses}
      texts="storageClasses"
      columns={columns}
    />
  )
}

const isDefault = ({ metadata }: IoK8sApiStorageV1StorageClass): boolean =>
  metadata?.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true'

function DefaultMark({ isDefault: isMarked }: { isDefault: boolean }) {
  const { t } = useTranslation()
  return isMarked && <Label isCompact>{t('resources.defaultClass')}</Label>
}
