import { Content } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { useTranslation } from 'react-i18next'

/** F-36: KubeVirt's supported drivers, with the ids that Windows shows for unknown devices. */
const DRIVERS = [
  { name: 'viostor', ids: ['VEN_1AF4&DEV_1001', 'VEN_1AF4&DEV_1042'] },
  { name: 'viorng', ids: ['VEN_1AF4&DEV_1005', 'VEN_1AF4&DEV_1044'] },
  { name: 'NetKVM', ids: ['VEN_1AF4&DEV_1000', 'VEN_1AF4&DEV_1041'] },
] as const

export function DriverTable() {
  const { t } = useTranslation()
  return (
    <>
      <Content component="p">{t('wizard.windows.driverTableHint')}</Content>
      <Table aria-label={t('wizard.windows.driverTable')} variant="compact" borders>
        <Thead>
          <Tr>
            <Th>{t('wizard.windows.driver')}</Th>
            <Th>{t('wizard.windows.device')}</Th>
            <Th>{t('wizard.windows.hardwareId')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {DRIVERS.map(({ name, ids }) => (
            <Tr key={name}>
              <Td>{name}</Td>
              <Td>{t(`wizard.windows.devices.${name}`)}</Td>
              <Td>
                {ids.map((id) => (
                  <div key={id}>{id}</div>
                ))}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  )
}
