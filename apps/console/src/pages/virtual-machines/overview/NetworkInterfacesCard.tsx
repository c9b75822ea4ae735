import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { interfacesOf, type InterfaceInfo } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/column.ts'
import { DataTable } from '../../../table/DataTable.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import { CopyableAddresses } from './CopyableAddresses.tsx'
import { TwoLines } from './TwoLines.tsx'

const columns: readonly Column<InterfaceInfo & { key: string }>[] = [
  {
    id: 'name',
    label: 'table.columns.name',
    cell: ({ name, macAddress }) => <TwoLines first={name} second={macAddress} />,
  },
  {
    id: 'network',
    label: 'virtualMachine.networks.network',
    cell: (nic) => <NetworkCell {...nic} />,
  },
  {
    id: 'ipAddresses',
    label: 'table.columns.ipAddress',
    cell: ({ ipAddresses }) => <CopyableAddresses addresses={ipAddresses} />,
  },
]

export function NetworkInterfacesCard({ virtualMachine, instance }: VirtualMachineContext) {
  const { t } = useTranslation()
  const rows = interfacesOf(virtualMachine, instance)
  return (
    <Card>
      <CardTitle component="h2">{t('virtualMachine.networks.title')}</CardTitle>
      <CardBody>
        {rows.length === 0 ? (
          t('virtualMachine.networks.none')
        ) : (
          <DataTable
            label={t('virtualMachine.networks.title')}
            columns={columns}
            rows={rows.map((row) => ({ key: row.name, ...row }))}
          />
        )}
      </CardBody>
    </Card>
  )
}

function NetworkCell({ network, binding, model }: InterfaceInfo) {
  const { t } = useTranslation()
  return (
    <TwoLines
      first={network ?? t('virtualMachine.networks.pod')}
      second={[binding, model].filter(Boolean).join(', ')}
    />
  )
}
