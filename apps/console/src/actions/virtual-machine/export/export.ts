import { DownloadIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { DialogAction } from '../action.ts'
import { ExportOfMachineDialog } from './ExportOfMachineDialog.tsx'

const { group, resource } = RESOURCES.virtualMachineExports

/** Named in full, because `export` is a word of the language. */
export const exportDisks: DialogAction = {
  kind: 'dialog',
  name: 'export',
  group: 'copy',
  icon: DownloadIcon,
  access: { verb: 'create', group, resource },
  Dialog: ExportOfMachineDialog,
}
