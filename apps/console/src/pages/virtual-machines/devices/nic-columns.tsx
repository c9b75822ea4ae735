import { Label } from '@patternfly/react-core'
import type { InterfaceRow } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/column.ts'
import { CopyableAddresses } from '../overview/CopyableAddresses.tsx'
import { isChange, PendingLabel } from './DeviceState.tsx'

export type NicTableRow = InterfaceRow & { key: string }

export const nicColumns: readonly Column<NicTableRow>[] = [
  { id: 'name', label: 'table.columns.name', cell: ({ name }) => name },
  { id: 'model', label: 'wizard.nic.model', cell: ({ model }) => model },
  {
    id: 'network',
    label: 'virtualMachine.networks.network',
    cell: (row) => <NetworkCell network={row.network} />,
  },
  { id: 'type', label: 'wizard.nic.binding', cell: ({ binding }) => binding },
  { id: 'mac', label: 'wizard.nic.macAddress', cell: ({ macAddress }) => macAddress },
  {
    id: 'ipAddresses',
    label: 'table.columns.ipAddress',
    isMinor: true,
    cell: ({ ipAddresses }) => <CopyableAddresses addresses={ipAddresses} />,
  },
  { id: 'link', label: 'devices.linkState', cell: ({ state }) => <Link state={state} /> },
]

function NetworkCell({ network }: Pick<InterfaceRow, 'network'>) {
  const { t } = useTranslation()
  return network ?? t('virtualMachine.networks.pod')
}

function Link({ state }: Pick<InterfaceRow, 'state'>) {
  const { t } = useTranslation()
  if (isChange(state)) return <PendingLabel change={state} />
  return (
    <Label isCompact color={state === 'up' ? 'green' : 'grey'}>
      {t(`devices.link.${state}`)}
    </Label>
  )
}
