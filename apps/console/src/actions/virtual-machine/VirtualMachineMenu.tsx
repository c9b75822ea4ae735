import { ActionsMenu } from '../ActionsMenu.tsx'
import type { VirtualMachineTarget } from './action.ts'
import { VirtualMachineActionList } from './VirtualMachineActionList.tsx'

interface VirtualMachineMenuProps {
  target: VirtualMachineTarget
  variant: 'kebab' | 'button'
}

export function VirtualMachineMenu({ target, variant }: VirtualMachineMenuProps) {
  return (
    <ActionsMenu name={target.name} variant={variant}>
      <VirtualMachineActionList target={target} />
    </ActionsMenu>
  )
}
