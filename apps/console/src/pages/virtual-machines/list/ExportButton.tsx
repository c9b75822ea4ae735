import { Button, Tooltip } from '@patternfly/react-core'
import { DownloadIcon } from '@patternfly/react-icons'
import { privateRoutes, type VirtualMachinesSelection } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { request } from '../../../live/request.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { downloadText } from '../../../yaml-editor/download-text.ts'

/** Saves all rows that match, of all pages, as CSV. */
export function ExportButton({ selection }: { selection: VirtualMachinesSelection }) {
  const { t } = useTranslation()
  const { mutate, isPending } = useMutation({
    run: async (body: VirtualMachinesSelection) => {
      const answer = await request(privateRoutes.virtualMachinesCsv, {
        method: 'POST',
        body,
        accept: 'text/csv',
      })
      return answer.blob()
    },
    onSuccess: (file) => downloadText('virtual-machines.csv', file),
    failureTitle: () => t('virtualMachine.list.exportFailed'),
  })
  return (
    <Tooltip content={t('virtualMachine.list.export')} aria="none">
      <Button
        variant="plain"
        icon={<DownloadIcon />}
        aria-label={t('virtualMachine.list.export')}
        isDisabled={isPending}
        onClick={() => mutate(selection)}
      />
    </Tooltip>
  )
}
