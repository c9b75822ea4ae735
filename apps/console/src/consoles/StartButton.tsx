import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useAccess } from '../live/use-access.ts'
import { kubernetes } from '../live/kubernetes.ts'
import { useMutation } from '../live/use-mutation.ts'
import type { ConsoleOwner } from './console-sessions.ts'

/** Starts the VM whose console is waited for. */
export function StartButton({ owner }: { owner: ConsoleOwner }) {
  const { t } = useTranslation()
  const [access] = useAccess([
    {
      verb: 'update',
      group: 'subresources.kubevirt.io',
      resource: 'virtualmachines',
      subresource: 'start',
      ...owner,
    },
  ])
  const start = useMutation({
    run: () =>
      kubernetes.virtualMachineSubresource({
        resource: 'virtualmachines',
        subresource: 'start',
        ...owner,
      }),
    failureTitle: () => t('consoles.startFailed', { name: owner.name }),
  })
  return (
    <Button
      isLoading={start.isPending}
      isDisabled={start.isPending || access?.allowed === false}
      onClick={() => start.mutate(undefined)}
    >
      {t('consoles.action.start')}
    </Button>
  )
}
