import { pause } from '../virtual-machine/pause.ts'
import { softReboot } from '../virtual-machine/soft-reboot.ts'
import { unpause } from '../virtual-machine/unpause.ts'
import type { InstanceAction } from './action.ts'
import { remove } from './delete.ts'

/**
 * In the order of the menu. What is done to the VMI is the same with and without a VM; only
 * deleting is another thing, because nothing makes it again.
 */
export const INSTANCE_ACTIONS: readonly InstanceAction[] = [
  { ...softReboot, name: 'softReboot' },
  { ...pause, name: 'pause' },
  { ...unpause, name: 'unpause' },
  remove,
]
