import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { PowerOffIcon } from '@patternfly/react-icons'
import { kubernetes } from '../../live/kubernetes.ts'
import type { RequestAction } from './action.ts'

export const stop: RequestAction = {
  kind: 'request',
  name: 'stop',
  group: 'power',
  icon: PowerOffIcon,
  access: {
    verb: 'update',
    group: SUBRESOURCES_GROUP,
    resource: 'virtualmachines',
    subresource: 'stop',
  },
  run: ({ namespace, name }) =>
    kubernetes.virtualMachineSubresource({
      resource: 'virtualmachines',
      namespace,
      name,
      subresource: 'stop',
    }),
}
