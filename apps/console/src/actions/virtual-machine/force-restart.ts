import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import { BoltIcon } from '@patternfly/react-icons'
import { kubernetes } from '../../live/kubernetes.ts'
import type { RequestAction } from './action.ts'

/** As the reset button. */
export const forceRestart: RequestAction = {
  kind: 'request',
  name: 'forceRestart',
  group: 'force',
  icon: BoltIcon,
  isDanger: true,
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
      body: { gracePeriodSeconds: 0 },
    }),
}
