import {
  effectiveRunStrategy,
  hasStartRequest,
  hasStopRequest,
  isFinal,
  isFirstRunOf,
} from '@virtdeck/kubevirt'
import type { VirtualMachine, VirtualMachineInstance } from '../informers.ts'

export type RunDecision =
  | { do: 'nothing' }
  | { do: 'start'; paused: boolean }
  /** Start, but not before the back-off of failed starts is over. */
  | { do: 'wait'; milliseconds: number }
  /** Delete the instance; `thenStart` asks for another one. */
  | { do: 'stop'; thenStart: boolean }
  /** A start request of a halted VM: change its run strategy to Always. */
  | { do: 'unhalt' }

const NOTHING: RunDecision = { do: 'nothing' }
const STOP: RunDecision = { do: 'stop', thenStart: false }

/** What the run strategy asks for now (virt-controller's `syncRunStrategy`). */
export function decideRun(
  virtualMachine: VirtualMachine,
  instance: VirtualMachineInstance | undefined,
  now: Date,
): RunDecision {
  const runStrategy = effectiveRunStrategy(virtualMachine)
  switch (runStrategy) {
    case 'Always':
      if (!instance) return start(virtualMachine, now)
      return hasStopRequest(virtualMachine, instance) || isFinal(instance)
        ? stop(instance)
        : NOTHING
    case 'RerunOnFailure':
      if (!instance) {
        return hasStartRequest(virtualMachine) || isFirstRunOf(virtualMachine, runStrategy)
          ? start(virtualMachine, now)
          : NOTHING
      }
      if (!hasStopRequest(virtualMachine, instance) && !isFinal(instance)) return NOTHING
      return isDeleting(instance)
        ? NOTHING
        : { do: 'stop', thenStart: instance.status?.phase === 'Failed' }
    case 'Manual':
      if (!instance) {
        return hasStartRequest(virtualMachine) ? start(virtualMachine, now) : NOTHING
      }
      return hasStopRequest(virtualMachine, instance) ? stop(instance) : NOTHING
    case 'Once':
      return instance ? NOTHING : start(virtualMachine, now)
    case 'Halted':
      if (instance) return stop(instance)
      return hasStartRequest(virtualMachine) ? { do: 'unhalt' } : NOTHING
    default:
      return NOTHING
  }
}

const isDeleting = ({ metadata }: VirtualMachineInstance): boolean =>
  metadata?.deletionTimestamp !== undefined

const stop = (instance: VirtualMachineInstance): RunDecision =>
  isDeleting(instance) ? NOTHING : STOP

function start(virtualMachine: VirtualMachine, now: Date): RunDecision {
  const retryAfter = virtualMachine.status?.startFailure?.retryAfterTimestamp
  const milliseconds = retryAfter === undefined ? 0 : Date.parse(retryAfter) - now.getTime()
  if (milliseconds > 0) return { do: 'wait', milliseconds }
  const request = virtualMachine.status?.stateChangeRequests?.[0]
  return { do: 'start', paused: request?.data?.['paused'] === 'true' }
}
