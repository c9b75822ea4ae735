import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/column.ts'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import { TableCard } from './TableCard.tsx'

interface Device {
  key: string
  name: string
  /** The resource that the node offers, such as `nvidia.com/GA102GL_A10`. */
  resource: string | undefined
  kind: 'gpu' | 'hostDevice'
}

const columns: readonly Column<Device>[] = [
  { id: 'name', label: 'table.columns.name', cell: ({ name }) => name },
  { id: 'kind', label: 'overview.devices.kind', cell: ({ kind }) => <Kind kind={kind} /> },
  { id: 'resource', label: 'overview.devices.resource', cell: ({ resource }) => resource },
]

/** Devices of the node that the guest has for itself. */
export function DevicesCard({ virtualMachine, instance }: VirtualMachineContext) {
  const { t } = useTranslation()
  const spec = instance?.spec ?? virtualMachine.spec.template.spec
  const { gpus = [], hostDevices = [] } = spec?.domain.devices ?? {}
  const rows: Device[] = [
    ...gpus.map(({ name, deviceName }) => ({
      name,
      resource: deviceName,
      kind: 'gpu' as const,
    })),
    ...hostDevices.map(({ name, deviceName }) => ({
      name,
      resource: deviceName,
      kind: 'hostDevice' as const,
    })),
  ].map((device) => ({ ...device, key: device.name }))
  return (
    <TableCard
      title={t('overview.devices.title')}
      none={t('overview.devices.none')}
      columns={columns}
      rows={rows}
    />
  )
}

function Kind({ kind }: Pick<Device, 'kind'>) {
  const { t } = useTranslation()
  return t(`overview.devices.${kind}`)
}
