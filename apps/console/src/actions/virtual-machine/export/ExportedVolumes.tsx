import type { V1beta1VirtualMachineExport as VirtualMachineExport } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { Alert, Button, Content, Flex, FlexItem, Stack } from '@patternfly/react-core'
import { DownloadIcon } from '@patternfly/react-icons'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { exportedVolumePath } from '@virtdeck/bff-contract'
import { exportState } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { Loading } from '../../../ui/Loading.tsx'
import { Timestamp } from '../../../ui/Timestamp.tsx'

/** The disks of an export as downloads, or why there are none yet. */
export function ExportedVolumes({ vmExport }: { vmExport: VirtualMachineExport }) {
  const { t } = useTranslation()
  const { namespace = '', name = '' } = vmExport.metadata ?? {}
  const { phase, reason, volumes, expires } = exportState(vmExport)
  return (
    <Stack hasGutter>
      {phase === 'pending' && (
        <>
          <Loading />
          <Alert isInline isLiveRegion variant="info" title={t('actions.export.pending')}>
            {reason}
          </Alert>
        </>
      )}
      {(phase === 'skipped' || phase === 'terminated') && (
        <Alert isInline variant="warning" title={t(`actions.export.${phase}`)}>
          {reason}
        </Alert>
      )}
      {phase === 'ready' && (
        <Table aria-label={t('actions.export.volumes')} variant="compact">
          <Thead>
            <Tr>
              <Th>{t('table.columns.name')}</Th>
              <Th>{t('actions.export.download')}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {volumes.map(({ name: volume, formats }) => (
              <Tr key={volume}>
                <Td dataLabel={t('table.columns.name')}>{volume}</Td>
                <Td dataLabel={t('actions.export.download')}>
                  <Flex>
                    {formats.map((format) => (
                      <FlexItem key={format}>
                        <Button
                          variant="link"
                          isInline
                          component="a"
                          icon={<DownloadIcon />}
                          href={exportedVolumePath({ namespace, name, volume, format })}
                          download
                        >
                          {t(`actions.export.format.${format}`)}
                        </Button>
                      </FlexItem>
                    ))}
                    {formats.length === 0 && t('actions.export.noDisk')}
                  </Flex>
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
      {expires !== undefined && (
        <Content component="small">
          {t('actions.export.expires')} <Timestamp time={expires} />
        </Content>
      )}
    </Stack>
  )
}
