import type { V1beta1DataVolume } from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
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
  crumb: ({ t }) => ({ label: t('resources.dataVolumes.title'), to: paths.dataVolumes() }),
}

const columns: Column<ObjectRow<V1beta1DataVolume>>[] = [
  nameColumn,
  namespaceColumn,
  {
    id: 'phase',
    label: 'resources.columns.status',
    cell: ({ object }) => <PhaseLabel phase={object.status?.phase} />,
  },
  {
    id: 'progress',
    label: 'resources.columns.progress',
    cell: ({ object }) => object.status?.progress,
  },
  {
    id: 'source',
    label: 'resources.columns.source',
    cell: ({ object }) => Object.keys(object.spec.source ?? object.spec.sourceRef ?? {})[0],
  },
  createdColumn,
]

export default function DataVolumesPage() {
  return (
    <ResourceListPage resource={RESOURCES.dataVolumes} texts="dataVolumes" columns={columns} />
  )
}
