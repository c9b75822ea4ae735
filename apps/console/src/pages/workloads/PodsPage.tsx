import type { IoK8sApiCoreV1Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
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
  crumb: ({ t }) => ({ label: t('resources.pods.title'), to: paths.pods() }),
}

const columns: Column<ObjectRow<IoK8sApiCoreV1Pod>>[] = [
  nameColumn,
  namespaceColumn,
  {
    id: 'phase',
    label: 'resources.columns.status',
    cell: ({ object }) => <PhaseLabel phase={podPhase(object)} />,
  },
  {
    id: 'node',
    label: 'resources.columns.node',
    cell: ({ object }) => object.spec?.nodeName,
  },
  {
    id: 'ipAddress',
    label: 'resources.columns.ipAddress',
    cell: ({ object }) => object.status?.podIP,
  },
  createdColumn,
]

export default function PodsPage() {
  return <ResourceListPage resource={RESOURCES.pods} texts="pods" columns={columns} />
}

/** As kubectl shows it: what a container waits for says more than "Pending". */
function podPhase(pod: IoK8sApiCoreV1Pod): string {
  if (pod.metadata?.deletionTimestamp) return 'Terminating'
  const waiting = pod.status?.containerStatuses?.find(({ state }) => state?.waiting?.reason)
  return waiting?.state?.waiting?.reason ?? pod.status?.phase ?? 'Unknown'
}
