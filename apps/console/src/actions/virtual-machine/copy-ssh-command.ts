import { TerminalIcon } from '@patternfly/react-icons'
import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { commandOf } from '@virtdeck/kubevirt'
import { showToast } from '../../feedback/toasts.ts'
import type { ImmediateAction } from './action.ts'

export const copySshCommand: ImmediateAction = {
  kind: 'immediate',
  name: 'copySshCommand',
  group: 'open',
  icon: TerminalIcon,
  access: {
    verb: 'get',
    group: SUBRESOURCES_GROUP,
    resource: 'virtualmachineinstances',
    subresource: 'portforward',
  },
  perform: async ({ target, t }) => {
    const command = commandOf('copySshCommand', target) ?? ''
    const isCopied = await navigator.clipboard.writeText(command).then(
      () => true,
      // Browsers give the clipboard to secure pages only, and may ask the user first.
      () => false,
    )
    showToast({
      variant: isCopied ? 'success' : 'info',
      title: t(isCopied ? 'actions.copySshCommand.done' : 'actions.copySshCommand.failed'),
      description: command,
    })
  },
}
