import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { PauseIcon } from '@patternfly/react-icons'
import { kubernetes } from '../../live/kubernetes.ts'
import type { RequestAction } from './action.ts'

export const pause: RequestAction = {
  kind: 'request',
  name: 'pause',
  group: 'power',
  icon: PauseIcon,
  access: {
    verb: 'update',
    group: SUBRESOURCES_GROUP,
    resource: 'virtualmachineinstances',
    subresource: 'pause',
  },
  run: ({ namespace, name }) =>
    kubernetes.virtualMachineSubresource({
      resource: 'virtualmachineinstances',
      namespace,
      name,
      subresource: 'pause',
    }),
}
