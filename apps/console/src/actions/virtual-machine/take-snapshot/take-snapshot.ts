import { CameraIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { DialogAction } from '../action.ts'
import { TakeSnapshotDialog } from './TakeSnapshotDialog.tsx'

const { group, resource } = RESOURCES.virtualMachineSnapshots

export const takeSnapshot: DialogAction = {
  kind: 'dialog',
  name: 'takeSnapshot',
  group: 'copy',
  icon: CameraIcon,
  access: { verb: 'create', group, resource },
  Dialog: TakeSnapshotDialog,
}
