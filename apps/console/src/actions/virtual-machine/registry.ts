import type { VirtualMachineAction } from './action.ts'
import { remove } from './delete.tsx'
import { restart } from './restart.ts'
import { start } from './start.ts'
import { stop } from './stop.ts'

/** In the order of every menu. A new action is a new file and a line here. */
export const VIRTUAL_MACHINE_ACTIONS: readonly VirtualMachineAction[] = [
  start,
  stop,
  restart,
  remove,
]
