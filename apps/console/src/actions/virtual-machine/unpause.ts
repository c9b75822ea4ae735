import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { PlayCircleIcon } from '@patternfly/react-icons'
import { kubernetes } from '../../live/kubernetes.ts'
import type { RequestAction } from './action.ts'

export const unpause: RequestAction = {
  kind: 'request',
  name: 'unpause',
  group: 'power',
  icon: PlayCircleIcon,
  access: {
    verb: 'update',
    group: SUBRESOURCES_GROUP,
    resource: 'virtualmachineinstances',
    subresource: 'unpause',
  },
  run: ({ namespace, name }) =>
    kubernetes.virtualMachineSubresource({
      resource: 'virtualmachineinstances',
      namespace,
      name,
      subresource: 'unpause',
    }),
}
