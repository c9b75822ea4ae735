import { TagsIcon } from '@patternfly/react-icons'
import type { DialogAction } from './action.ts'
import { LabelsDialog } from './MetadataDialog.tsx'

export const editLabels: DialogAction = {
  kind: 'dialog',
  name: 'editLabels',
  group: 'edit',
  icon: TagsIcon,
  access: { verb: 'patch', group: 'kubevirt.io', resource: 'virtualmachines' },
  Dialog: LabelsDialog,
}
