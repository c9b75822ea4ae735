import {
  deviceDefaults,
  editTemplateNics,
  newNic,
  POD_NETWORK,
  templateLabels,
  templateNics,
  virtualMachineOf,
  type NicValues,
  type Template,
} from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { NicFields } from '../virtual-machine-create/NicFields.tsx'
import { DeviceCard } from './DeviceCard.tsx'
import { useDeviceEditing } from './use-device-editing.ts'

function nicsOf(template: Template): NicValues[] {
  const virtualMachine = virtualMachineOf(template)
  return virtualMachine ? templateNics(virtualMachine) : []
}

/** F-60: the NICs that every VM of a template gets. */
export function TemplateNetworkInterfaces({ template }: { template: Template }) {
  const { t } = useTranslation()
  const devices = useDeviceEditing<NicValues>({
    latest: template,
    path: 'networking.nics',
    rowsOf: nicsOf,
    put: (values, nics) => ({ ...values, networking: { nics, bootNic: '' } }),
    rowIn: ({ networking }, index) => networking.nics[index],
    apply: editTemplateNics,
  })
  const { editing } = devices
  const rows = devices.rows.filter((row) => row !== undefined)
  const { model } = deviceDefaults({
    operatingSystem: templateLabels(template, 'operatingSystem')[0] ?? '',
    preference: virtualMachineOf(template)?.spec.preference?.name ?? '',
  })
  return (
    <DeviceCard
      template={template}
      title={t('virtualMachine.networks.title')}
      none={t('template.devices.noNics')}
      columns={[
        t('wizard.nic.name'),
        t('wizard.nic.model'),
        t('wizard.nic.network'),
        t('wizard.nic.binding'),
        t('wizard.nic.macAddress'),
      ]}
      rows={rows.map((nic, index) => ({
        name: nic.name,
        path: `networking.nics.${index}`,
        cells: [
          nic.name,
          nic.model || t('wizard.device.cluster'),
          nic.network === POD_NETWORK ? t('virtualMachine.networks.pod') : nic.network,
          nic.ports.length > 0
            ? t('wizard.nic.bindingWithPorts', {
                binding: nic.binding,
                ports: nic.ports.map(({ port }) => port).join(', '),
              })
            : nic.binding,
          nic.macAddress || t('wizard.nic.generated'),
        ],
      }))}
      devices={devices}
      editor={editing && <NicFields index={editing.index} />}
      add={[{ label: t('wizard.nic.create'), onClick: () => devices.add(newNic(rows, model)) }]}
    />
  )
}
