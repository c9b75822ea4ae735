import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { RedoIcon } from '@patternfly/react-icons'
import { kubernetes } from '../../live/kubernetes.ts'
import type { RequestAction } from './action.ts'

export const restart: RequestAction = {
  kind: 'request',
  name: 'restart',
  group: 'power',
  icon: RedoIcon,
  access: {
    verb: 'update',
    group: SUBRESOURCES_GROUP,
    resource: 'virtualmachines',
    subresource: 'restart',
  },
  run: ({ namespace, name }) =>
    kubernetes.virtualMachineSubresource({
      resource: 'virtualmachines',
      namespace,
      name,
      subresource: 'restart',
    }),
}
