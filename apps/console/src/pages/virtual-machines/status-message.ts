import type {
  V1VirtualMachine,
  V1VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
}

/** Conditions that explain trouble, the most telling first: condition order is not fixed. */
const TELLING: readonly { type: string; status: string }[] = [
  { type: 'Failure', status: 'True' },
  { type: 'Synchronized', status: 'False' },
  { type: 'PodScheduled', status: 'False' },
  { type: 'DataVolumesReady', status: 'False' },
  { type: 'Ready', status: 'False' },
]

/** With these statuses a condition's message is no news. */
const FINE = new Set(['Running', 'Stopped', 'Stopping', 'Terminating', 'Paused', 'Migrating'])

/** Why a VM is in its status, in the cluster's words. */
export function statusMessageOf(
  virtualMachine: V1VirtualMachine,
  instance: V1VirtualMachineInstance | null | undefined,
): string | undefined {
  const { status } = virtualMachine
  if (FINE.has(status?.printableStatus ?? 'Stopped')) return undefined
  const conditions: Condition[] = [
    ...(status?.conditions ?? []),
    ...(instance?.status?.conditions ?? []),
  ]
  for (const telling of TELLING) {
    const found = conditions.find(
      ({ type, status: value, message, reason }) =>
        type === telling.type &&
        value === telling.status &&
        // Why there is none is the question, not the answer.
        reason !== 'VMINotExists' &&
        !!message,
    )
    if (found) return found.message
  }
  return undefined
}
