import { DesktopIcon } from '@patternfly/react-icons'
import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { paths } from '../../paths.ts'
import type { ImmediateAction } from './action.ts'

export const openConsole: ImmediateAction = {
  kind: 'immediate',
  name: 'openConsole',
  group: 'open',
  icon: DesktopIcon,
  access: {
    verb: 'get',
    group: SUBRESOURCES_GROUP,
    resource: 'virtualmachineinstances',
    subresource: 'vnc',
  },
  perform: ({ target, navigate }) => void navigate(paths.virtualMachineConsoles(target)),
}
