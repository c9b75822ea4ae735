import { EditAltIcon } from '@patternfly/react-icons'
import type { DialogAction } from './action.ts'
import { DescriptionDialog } from './DescriptionDialog.tsx'

export const editDescription: DialogAction = {
  kind: 'dialog',
  name: 'editDescription',
  group: 'edit',
  icon: EditAltIcon,
  access: { verb: 'patch', group: 'kubevirt.io', resource: 'virtualmachines' },
  Dialog: DescriptionDialog,
}
