import type { VirtualMachineInstance } from '@virtdeck/kubevirt'
import type { ComponentType } from 'react'
import type { VirtualMachineContext } from '../../pages/virtual-machines/virtual-machine-context.ts'

/** When a change takes effect. */
export type EditEffect = 'restart' | 'now' | 'placement' | 'sockets' | 'memory' | 'firstStart'

export interface EditDialogProps {
  virtualMachine: VirtualMachineContext['virtualMachine']
  instance: VirtualMachineInstance | null | undefined
  onClose: () => void
}

export type EditDialog = ComponentType<EditDialogProps>
