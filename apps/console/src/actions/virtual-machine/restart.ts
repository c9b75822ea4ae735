import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { RedoIcon } from '@patternfly/react-icons'
import { kubernetes } from '../../live/kubernetes.ts'
import type { VirtualMachineAction } from './action.ts'

export const restart: VirtualMachineAction = {
  name: 'restart',
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
