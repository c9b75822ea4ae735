import type { IoK8sApiCoreV1Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES } from '@virtdeck/kubernetes'
import { Link } from 'react-router'
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
import { podPhase } from './pod-phase.ts'
import { NodeLink } from '../../ui/NodeLink.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({ label: t('resources.pods.title'), to: paths.pods() }),
}

const columns: Column<ObjectRow<IoK8sApiCoreV1Pod>>[] = [
  {
    ...nameColumn,
    cell: ({ object }) => {
      const { namespace = '', name = '' } = object.metadata ?? {}
      return <Link to={paths.pod({ namespace, name })}>{name}</Link>
    },
  },
  namespaceColumn,
  {
    id: 'phase',
    label: 'resources.columns.status',
    cell: ({ object }) => <PhaseLabel phase={podPhase(object)} />,
  },
  {
    id: 'node',
    label: 'resources.columns.node',
    cell: ({ object }) => <NodeLink name={object.spec?.nodeName} />,
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
