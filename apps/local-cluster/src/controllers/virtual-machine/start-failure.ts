import { effectiveRunStrategy, isFinal } from '@virtdeck/kubevirt'
import type { VirtualMachine, VirtualMachineInstance } from '../informers.ts'
import { timestamp } from '../timestamps.ts'

type StartFailure = NonNullable<NonNullable<VirtualMachine['status']>['startFailure']>

const LONGEST_SECONDS = 300

/** Counts instances that ended before they ran; a guest that ran once starts over. */
export function startFailureOf(
  virtualMachine: VirtualMachine,
  instance: VirtualMachineInstance | undefined,
  { now, random }: { now: Date; random: () => number },
): StartFailure | undefined {
  const before = virtualMachine.status?.startFailure
  if (instance && hasRun(instance)) return undefined
  if (instance && isFinal(instance)) {
    const uid = instance.metadata?.uid ?? ''
    if (before?.lastFailedVMIUID === uid) return before
    const count = (before?.consecutiveFailCount ?? 0) + 1
    return {
      consecutiveFailCount: count,
      lastFailedVMIUID: uid,
      retryAfterTimestamp: timestamp(
        new Date(now.getTime() + 1000 * delaySeconds(count, random)),
      ),
    }
  }
  const retries = ['Always', 'RerunOnFailure', 'Once'].includes(
    effectiveRunStrategy(virtualMachine),
  )
  return retries ? before : undefined
}

function hasRun({ status }: VirtualMachineInstance): boolean {
  return (
    status?.phase === 'Running' ||
    (status?.phaseTransitionTimestamps ?? []).some(({ phase }) => phase === 'Running')
  )
}

/** 10 s, 40 s, 90 s, … and some jitter, at most five minutes. */
function delaySeconds(failures: number, random: () => number): number {
  const delay = failures ** 2 * 10
  return Math.min(LONGEST_SECONDS, Math.floor(delay + random() * delay * 0.2))
}
