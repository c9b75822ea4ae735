import type { ActionDialogProps } from '../action.ts'
import { ExportDialog } from './ExportDialog.tsx'

/** All disks of a VM, as files. */
export function ExportOfMachineDialog({ target, onClose }: ActionDialogProps) {
  const { namespace, name } = target
  return <ExportDialog target={{ namespace, kind: 'VirtualMachine', name }} onClose={onClose} />
}
