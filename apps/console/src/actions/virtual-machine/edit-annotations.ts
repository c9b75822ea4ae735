import { EditIcon } from '@patternfly/react-icons'
import type { DialogAction } from './action.ts'
import { AnnotationsDialog } from './MetadataDialog.tsx'

export const editAnnotations: DialogAction = {
  kind: 'dialog',
  name: 'editAnnotations',
  group: 'edit',
  icon: EditIcon,
  access: { verb: 'patch', group: 'kubevirt.io', resource: 'virtualmachines' },
  Dialog: AnnotationsDialog,
}
