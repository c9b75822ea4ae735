import { CloneIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { DialogAction } from '../action.ts'
import { CloneOfMachineDialog } from './CloneOfMachineDialog.tsx'

const { group, resource } = RESOURCES.virtualMachineClones

export const clone: DialogAction = {
  kind: 'dialog',
  name: 'clone',
  group: 'copy',
  icon: CloneIcon,
  access: { verb: 'create', group, resource },
  Dialog: CloneOfMachineDialog,
}
