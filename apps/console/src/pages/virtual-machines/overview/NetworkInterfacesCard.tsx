import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { interfacesOf, type InterfaceInfo } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/column.ts'
import { DataTable } from '../../../table/DataTable.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'

const columns: readonly Column<InterfaceInfo & { key: string }>[] = [
  { id: 'name', label: 'table.columns.name', cell: ({ name }) => name },
  {
    id: 'network',
    label: 'virtualMachine.networks.network',
    cell: ({ network }) => <NetworkName network={network} />,
  },
  {
    id: 'binding',
    label: 'virtualMachine.networks.binding',
    cell: ({ binding, model }) => [binding, model].filter(Boolean).join(', '),
  },
  {
    id: 'macAddress',
    label: 'virtualMachine.networks.macAddress',
    cell: ({ macAddress }) => macAddress,
  },
  {
    id: 'ipAddresses',
    label: 'table.columns.ipAddress',
    cell: ({ ipAddresses }) => ipAddresses.join(', '),
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

function NetworkName({ network }: { network: string | undefined }) {
  const { t } = useTranslation()
  return network ?? t('virtualMachine.networks.pod')
}
