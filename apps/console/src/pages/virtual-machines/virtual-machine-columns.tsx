import { Flex } from '@patternfly/react-core'
import type { VirtualMachineRow } from '@virtdeck/bff-contract'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import type { Column } from '../../table/column.ts'
import { Timestamp } from '../../ui/Timestamp.tsx'
import { IpAddresses } from './IpAddresses.tsx'
import { SimulatedLabel } from './SimulatedLabel.tsx'
import { VirtualMachineStatus } from './VirtualMachineStatus.tsx'

export const virtualMachineColumns: readonly Column<VirtualMachineRow>[] = [
  {
    id: 'name',
    label: 'table.columns.name',
    sortable: true,
    width: 25,
    cell: ({ namespace, name, simulated }) => (
      <Flex gap={{ default: 'gapSm' }}>
        <Link to={paths.virtualMachine({ namespace, name })}>{name}</Link>
        {simulated && <SimulatedLabel />}
      </Flex>
    ),
  },
  {
    id: 'namespace',
    label: 'table.columns.namespace',
    sortable: true,
    width: 15,
    cell: ({ namespace }) => namespace,
  },
  {
    id: 'status',
    label: 'table.columns.status',
    sortable: true,
    width: 15,
    cell: ({ status, statusMessage }) => (
      <VirtualMachineStatus status={status} message={statusMessage} />
    ),
  },
  {
    id: 'node',
    label: 'table.columns.node',
    sortable: true,
    width: 10,
    cell: ({ node }) => node && <Link to={paths.node(node)}>{node}</Link>,
  },
  {
    id: 'ipAddress',
    label: 'table.columns.ipAddress',
    sortable: true,
    width: 15,
    cell: ({ ipAddresses }) => <IpAddresses addresses={ipAddresses} />,
  },
  {
    id: 'created',
    label: 'table.columns.created',
    sortable: true,
    width: 20,
    isMinor: true,
    cell: ({ created }) => <Timestamp time={created} />,
  },
]
