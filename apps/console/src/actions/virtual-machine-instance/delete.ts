import { TrashIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import { kubernetes } from '../../live/kubernetes.ts'
import type { InstanceAction } from './action.ts'

export const remove: InstanceAction = {
  name: 'delete',
  icon: TrashIcon,
  isDanger: true,
  access: { verb: 'delete', group: 'kubevirt.io', resource: 'virtualmachineinstances' },
  run: async ({ namespace, name, uid }) => {
    await kubernetes.remove(RESOURCES.virtualMachineInstances, { namespace, name }, uid)
  },
}
