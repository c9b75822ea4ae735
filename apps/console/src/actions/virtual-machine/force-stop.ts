import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { BanIcon } from '@patternfly/react-icons'
import { kubernetes } from '../../live/kubernetes.ts'
import type { RequestAction } from './action.ts'

/** As pulling the plug. */
export const forceStop: RequestAction = {
  kind: 'request',
  name: 'forceStop',
  group: 'force',
  icon: BanIcon,
  isDanger: true,
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
      body: { gracePeriod: 0 },
    }),
}
