import type { V1VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { RESOURCES } from '@virtdeck/kubernetes'
import {
  instanceAsVirtualMachine,
  VIRTUAL_MACHINE_KIND,
  virtualMachineStateOf,
} from '@virtdeck/kubevirt'
import { Link } from 'react-router'
import { InstanceMenu } from '../../actions/virtual-machine-instance/InstanceMenu.tsx'
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
import { IpAddresses } from '../virtual-machines/IpAddresses.tsx'
import { VirtualMachineStatus } from '../virtual-machines/VirtualMachineStatus.tsx'
import { instanceTarget } from './instance-target.ts'
import { NodeLink } from '../../ui/NodeLink.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({
    label: t('resources.virtualMachineInstances.title'),
    to: paths.virtualMachineInstances(),
  }),
}

type Row = ObjectRow<V1VirtualMachineInstance>

const columns: Column<Row>[] = [
  {
    ...nameColumn,
    cell: ({ object }) => {
      const { namespace = '', name = '' } = object.metadata ?? {}
      return <Link to={paths.virtualMachineInstance({ namespace, name })}>{name}</Link>
    },
  },
  namespaceColumn,
  {
    id: 'status',
    label: 'resources.columns.status',
    cell: ({ object }) => {
      const { status } = virtualMachineStateOf(instanceAsVirtualMachine(object))
      return <VirtualMachineStatus status={status} />
    },
  },
  {
    id: 'node',
    label: 'resources.columns.node',
    cell: ({ object }) => <NodeLink name={object.status?.nodeName} />,
  },
  {
    id: 'ipAddress',
    label: 'resources.columns.ipAddress',
    cell: ({ object }) => <IpAddresses addresses={addressesOf(object)} />,
  },
  createdColumn,
]

const rowActions = ({ object }: Row) => (
  <InstanceMenu target={instanceTarget(object)} variant="kebab" />
)

/** Those that no VM made: by hand, by another program, or by a replica set. */
export default function VirtualMachineInstancesPage() {
  return (
    <ResourceListPage
      resource={RESOURCES.virtualMachineInstances}
      texts="virtualMachineInstances"
      columns={columns}
      rowActions={rowActions}
      notControlledBy={VIRTUAL_MACHINE_KIND}
    />
  )
}

const addressesOf = ({ status }: V1VirtualMachineInstance): string[] =>
  (status?.interfaces ?? []).flatMap(
    ({ ipAddress, ipAddresses }) => ipAddresses ?? ipAddress ?? [],
  )
