import { TrashIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import { kubernetes } from '../../live/kubernetes.ts'
import type { RequestAction } from './action.ts'
import { DeletedWith } from './DeletedWith.tsx'

export const remove: RequestAction = {
  kind: 'request',
  name: 'delete',
  group: 'delete',
  icon: TrashIcon,
  isDanger: true,
  access: { verb: 'delete', group: 'kubevirt.io', resource: 'virtualmachines' },
  run: async ({ namespace, name, uid }) => {
    await kubernetes.remove(RESOURCES.virtualMachines, { namespace, name }, uid)
  },
  details: (target) => <DeletedWith target={target} />,
  explain: ({ status }, { target: { name }, t }) => {
    // Somebody else was faster.
    if (status === 404) {
      return {
        variant: 'info',
        title: t('actions.delete.gone', { name }),
        description: undefined,
        requestId: undefined,
      }
    }
    return status === 409 ? { description: t('actions.delete.replaced', { name }) } : undefined
  },
}
