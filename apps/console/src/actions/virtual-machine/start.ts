import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { PlayIcon } from '@patternfly/react-icons'
import { kubernetes } from '../../live/kubernetes.ts'
import type { RequestAction } from './action.ts'

export const start: RequestAction = {
  kind: 'request',
  name: 'start',
  group: 'power',
  icon: PlayIcon,
  access: {
    verb: 'update',
    group: SUBRESOURCES_GROUP,
    resource: 'virtualmachines',
    subresource: 'start',
  },
  run: ({ namespace, name }) =>
    kubernetes.virtualMachineSubresource({
      resource: 'virtualmachines',
      namespace,
      name,
      subresource: 'start',
    }),
}
