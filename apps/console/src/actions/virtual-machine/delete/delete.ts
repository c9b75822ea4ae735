import { TrashIcon } from '@patternfly/react-icons'
import { goingBy } from '@virtdeck/kubevirt'
import type { RequestAction } from '../action.ts'
import { deleteWith } from './delete-with.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import { readBelongings } from './read-belongings.ts'

export const remove: RequestAction = {
  kind: 'request',
  name: 'delete',
  group: 'delete',
  icon: TrashIcon,
  isDanger: true,
  access: { verb: 'delete', group: 'kubevirt.io', resource: 'virtualmachines' },
  run: async (target, disks = 'byDefault') => {
    // As it is by default, the cluster does it without being told what belongs to what.
    const { belongings } =
      disks === 'byDefault' ? { belongings: [] } : await readBelongings(target)
    const outcomes = await deleteWith(target, {
      belongings,
      going: goingBy(disks, belongings),
    })
    const failed = outcomes.find(({ error }) => error !== undefined)
    if (failed) throw failed.error
  },
  Dialog: DeleteDialog,
}
