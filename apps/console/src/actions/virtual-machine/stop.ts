import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { PowerOffIcon } from '@patternfly/react-icons'
import { kubernetes } from '../../live/kubernetes.ts'
import type { VirtualMachineAction } from './action.ts'

export const stop: VirtualMachineAction = {
  name: 'stop',
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
