import { networkInterfaceItem } from '@virtdeck/kubevirt'
import { NicFields } from '../virtual-machine-create/NicFields.tsx'
import { editDialog } from '../virtual-machine-edit/EditDialog.tsx'

/** F-32: the dialog of one NIC. Make it once for as long as it is open. */
export const editNicDialog = (index: number, name: string) =>
  editDialog({
    subject: 'networkInterface',
    device: name,
    item: networkInterfaceItem(index),
    Fields: () => <NicFields index={index} />,
    effect: 'restart',
    variant: 'medium',
  })
