import type { IoK8sApiCoreV1Namespace } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../../table/column.ts'
import { createdColumn, nameColumn, type ObjectRow } from '../../table/object-columns.tsx'
import { ResourceListPage } from '../../table/ResourceListPage.tsx'
import { PhaseLabel } from '../../ui/PhaseLabel.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({ label: t('resources.projects.title'), to: paths.projects() }),
  clusterScoped: true,
}

const columns: Column<ObjectRow<IoK8sApiCoreV1Namespace>>[] = [
  nameColumn,
  {
    id: 'phase',
    label: 'resources.columns.status',
    cell: ({ object }) => <PhaseLabel phase={object.status?.phase} />,
  },
  createdColumn,
]

export default function ProjectsPage() {
  return <ResourceListPage resource={RESOURCES.namespaces} texts="projects" columns={columns} />
}
