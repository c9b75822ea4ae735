import type { RequestAction } from '../virtual-machine/action.ts'

/** One thing that can be done to a VMI without a VM. */
export type InstanceAction = Pick<
  RequestAction,
  'name' | 'icon' | 'isDanger' | 'access' | 'run'
> & { name: 'softReboot' | 'pause' | 'unpause' | 'delete' }
