import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { SyncAltIcon } from '@patternfly/react-icons'
import { kubernetes } from '../../live/kubernetes.ts'
import type { RequestAction } from './action.ts'

/** The guest reboots itself: its VMI and pod stay. */
export const softReboot: RequestAction = {
  kind: 'request',
  name: 'softReboot',
  group: 'power',
  icon: SyncAltIcon,
  access: {
    verb: 'update',
    group: SUBRESOURCES_GROUP,
    resource: 'virtualmachineinstances',
    subresource: 'softreboot',
  },
  run: ({ namespace, name }) =>
    kubernetes.virtualMachineSubresource({
      resource: 'virtualmachineinstances',
      namespace,
      name,
      subresource: 'softreboot',
    }),
}
