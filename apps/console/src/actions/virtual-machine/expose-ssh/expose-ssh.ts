import { NetworkIcon } from '@patternfly/react-icons'
import type { DialogAction } from '../action.ts'
import { ExposeSshDialog } from './ExposeSshDialog.tsx'

export const exposeSsh: DialogAction = {
  kind: 'dialog',
  name: 'exposeSsh',
  group: 'open',
  icon: NetworkIcon,
  // To see what there is; making and deleting Services is asked for in the dialog.
  access: { verb: 'list', group: '', resource: 'services' },
  Dialog: ExposeSshDialog,
}
