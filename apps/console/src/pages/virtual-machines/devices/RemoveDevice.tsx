import { Button, Stack, StackItem, Tooltip } from '@patternfly/react-core'
import { patchCommand, patchOf, type VirtualMachine } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { confirm } from '../../../feedback/confirmations.ts'
import { showToast } from '../../../feedback/toasts.ts'
import { saveChange } from '../../../forms/virtual-machine-devices/save-change.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { Command } from '../../../ui/Command.tsx'
import { useVirtualMachine } from '../virtual-machine-context.ts'

/** Done by a request of its own instead of a change of the VM. */
export interface LiveRemoval {
  command: string
  run: () => Promise<void>
}

interface RemoveDeviceProps {
  name: string
  reason: string | undefined
  body: string
  without: (virtualMachine: VirtualMachine) => VirtualMachine
  live?: LiveRemoval | undefined
}

/** Takes a disk or NIC out of the page's VM, after a question that says what happens. */
export function RemoveDevice({ name, reason, body, without, live }: RemoveDeviceProps) {
  const { t } = useTranslation()
  const { virtualMachine } = useVirtualMachine()
  const { namespace = '', name: owner = '' } = virtualMachine.metadata ?? {}
  const { mutate, isPending } = useMutation({
    run: () => live?.run() ?? saveChange(virtualMachine, without),
    onSuccess: () => showToast({ variant: 'success', title: t('devices.removed', { name }) }),
    failureTitle: () => t('devices.notRemoved', { name }),
  })
  const ask = async () => {
    const patch = () => patchOf(virtualMachine, without(virtualMachine))
    const confirmed = await confirm({
      title: t('devices.removeTitle', { name }),
      body: (
        <Stack hasGutter>
          <StackItem>{body}</StackItem>
          <StackItem>
            <Command
              command={live?.command ?? patchCommand(patch(), { namespace, name: owner })}
            />
          </StackItem>
        </Stack>
      ),
      confirmLabel: t('devices.detach'),
      danger: true,
    })
    if (confirmed) mutate(undefined)
  }
  const button = (
    <Button
      variant="link"
      isInline
      isAriaDisabled={reason !== undefined || isPending}
      aria-label={t('devices.detachNamed', { name })}
      onClick={() => void ask()}
    >
      {t('devices.detach')}
    </Button>
  )
  return reason === undefined ? button : <Tooltip content={reason}>{button}</Tooltip>
}
