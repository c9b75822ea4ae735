import { Flex } from '@patternfly/react-core'
import { formatBytes } from '@virtdeck/kubernetes'
import type { VirtualMachineRow } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../paths.ts'
import type { Column } from '../../../table/column.ts'
import { KeyValueLabels } from '../../../ui/KeyValueLabels.tsx'
import { Timestamp } from '../../../ui/Timestamp.tsx'
import { ConditionLabels } from '../ConditionLabels.tsx'
import { IpAddresses } from '../IpAddresses.tsx'
import { SimulatedLabel } from '../SimulatedLabel.tsx'
import { VirtualMachineStatus } from '../VirtualMachineStatus.tsx'
import { UsageBar } from './UsageBar.tsx'
import { NodeLink } from '../../../ui/NodeLink.tsx'

export const virtualMachineColumns: readonly Column<VirtualMachineRow>[] = [
  {
    id: 'name',
    label: 'table.columns.name',
    sortable: true,
    width: 20,
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
    cell: ({ node }) => <NodeLink name={node} />,
  },
  {
    id: 'ipAddress',
    label: 'table.columns.ipAddress',
    sortable: true,
    width: 15,
    cell: ({ ipAddresses }) => <IpAddresses addresses={ipAddresses} />,
  },
  {
    id: 'conditions',
    label: 'table.columns.conditions',
    isMinor: true,
    cell: ({ conditions }) => <ConditionLabels conditions={conditions} />,
  },
  {
    id: 'operatingSystem',
    label: 'table.columns.operatingSystem',
    sortable: true,
    isMinor: true,
    cell: ({ operatingSystem }) => operatingSystem,
  },
  {
    id: 'template',
    label: 'table.columns.template',
    sortable: true,
    isMinor: true,
    cell: ({ template }) => template,
  },
  {
    id: 'cpus',
    label: 'table.columns.cpus',
    sortable: true,
    isMinor: true,
    cell: ({ cpus }) => cpus,
  },
  {
    id: 'memory',
    label: 'table.columns.memory',
    sortable: true,
    isMinor: true,
    cell: ({ memory }) => memory !== undefined && formatBytes(memory),
  },
  {
    id: 'cpuUse',
    label: 'table.columns.cpuUse',
    isMinor: true,
    cell: (row) => <UsageBar row={row} kind="cpu" />,
  },
  {
    id: 'memoryUse',
    label: 'table.columns.memoryUse',
    isMinor: true,
    cell: (row) => <UsageBar row={row} kind="memory" />,
  },
  {
    id: 'storageClass',
    label: 'table.columns.storageClass',
    isMinor: true,
    cell: ({ storageClasses }) => storageClasses.join(', '),
  },
  {
    id: 'network',
    label: 'table.columns.network',
    isMinor: true,
    cell: ({ networks }) => networks.join(', '),
  },
  {
    id: 'labels',
    label: 'table.columns.labels',
    isMinor: true,
    cell: ({ labels }) => <LabelsCell labels={labels} />,
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

function LabelsCell({ labels }: Pick<VirtualMachineRow, 'labels'>) {
  const { t } = useTranslation()
  if (Object.keys(labels).length === 0) return null
  return <KeyValueLabels label={t('table.columns.labels')} values={labels} />
}
