import { TrashIcon } from '@patternfly/react-icons'
import { goingBy } from '@virtdeck/kubevirt'
import type { BulkContext, RequestAction } from '../action.ts'
import { deleteWith } from './delete-with.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import { belongingsReader, nothingReadable } from './read-belongings.ts'

const alone = (): BulkContext => ({ disks: 'byDefault', readBelongings: belongingsReader() })

export const remove: RequestAction = {
  kind: 'request',
  name: 'delete',
  group: 'delete',
  icon: TrashIcon,
  isDanger: true,
  access: { verb: 'delete', group: 'kubevirt.io', resource: 'virtualmachines' },
  run: async (target, { disks, readBelongings } = alone()) => {
    const reading = readBelongings(target)
    const { belongings } = await (disks === 'byDefault'
      ? reading.catch(nothingReadable)
      : reading)
    const outcomes = await deleteWith(target, {
      belongings,
      going: goingBy(disks, belongings),
    })
    const failed = outcomes.find(({ error }) => error !== undefined)
    if (failed) throw failed.error
  },
  Dialog: DeleteDialog,
}
