import type { IoK8sApiCoreV1Node } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { formatBytes, parseQuantity, RESOURCES } from '@virtdeck/kubernetes'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../../table/column.ts'
import { createdColumn, nameColumn, type ObjectRow } from '../../table/object-columns.tsx'
import { ResourceListPage } from '../../table/ResourceListPage.tsx'
import { NodeStatus } from './NodeStatus.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({ label: t('resources.nodes.title'), to: paths.nodes() }),
  clusterScoped: true,
}

const columns: Column<ObjectRow<IoK8sApiCoreV1Node>>[] = [
  nameColumn,
  {
    id: 'status',
    label: 'resources.columns.status',
    cell: ({ object }) => <NodeStatus node={object} />,
  },
  {
    id: 'cpu',
    label: 'resources.columns.cpu',
    cell: ({ object }) => object.status?.allocatable?.['cpu'],
  },
  {
    id: 'memory',
    label: 'resources.columns.memory',
    cell: ({ object }) => memoryOf(object),
  },
  {
    id: 'version',
    label: 'resources.columns.version',
    cell: ({ object }) => object.status?.nodeInfo?.kubeletVersion,
  },
  {
    id: 'ipAddress',
    label: 'resources.columns.ipAddress',
    cell: ({ object }) =>
      object.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address,
  },
  createdColumn,
]

export default function NodesPage() {
  return <ResourceListPage resource={RESOURCES.nodes} texts="nodes" columns={columns} />
}

function memoryOf(node: IoK8sApiCoreV1Node): string | undefined {
  const bytes = parseQuantity(node.status?.allocatable?.['memory'] ?? '')
  return bytes === undefined ? undefined : formatBytes(bytes)
}
