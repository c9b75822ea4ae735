import { Stack, StackItem } from '@patternfly/react-core'
import { patchCommand, patchOf, type VirtualMachine } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { confirm } from '../../../feedback/confirmations.ts'
import { showToast } from '../../../feedback/toasts.ts'
import { useSaveChange } from '../../../forms/virtual-machine-devices/use-save-change.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { Command } from '../../../ui/Command.tsx'
import { useVirtualMachine } from '../virtual-machine-context.ts'

interface Removal {
  name: string
  body: string
  without: (virtualMachine: VirtualMachine) => VirtualMachine
}

/** Takes a NIC out of the page's VM, after a question that says what happens. */
export function useRemoval({ name, body, without }: Removal): () => Promise<void> {
  const { t } = useTranslation()
  const saveChange = useSaveChange()
  const { virtualMachine } = useVirtualMachine()
  const { namespace = '', name: owner = '' } = virtualMachine.metadata ?? {}
  const { mutate } = useMutation({
    run: () => saveChange(virtualMachine, without),
    onSuccess: () => showToast({ variant: 'success', title: t('devices.removed', { name }) }),
    failureTitle: () => t('devices.notRemoved', { name }),
  })
  return async () => {
    const patch = patchOf(virtualMachine, without(virtualMachine))
    const confirmed = await confirm({
      title: t('devices.removeTitle', { name }),
      body: (
        <Stack hasGutter>
          <StackItem>{body}</StackItem>
          <StackItem>
            <Command command={patchCommand(patch, { namespace, name: owner })} />
          </StackItem>
        </Stack>
      ),
      confirmLabel: t('devices.detach'),
      danger: true,
    })
    if (confirmed) mutate(undefined)
  }
}
