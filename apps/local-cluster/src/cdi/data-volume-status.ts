import type {
  V1beta1DataVolumeCondition as Condition,
  V1beta1DataVolumeStatus as Status,
} from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'

/** How the work on a DataVolume stands, as its status tells it. */
export type Transfer =
  | { state: 'waitingForClaim' }
  /** The claim is bound when a pod that uses it has a node. */
  | { state: 'waitingForConsumer' }
  | { state: 'scheduled' }
  | { state: 'running'; fraction: number }
  | { state: 'failing'; message: string; fraction: number }
  | { state: 'succeeded' }

/** Words of the phases and events; CDI says Import or Clone. */
export type TransferVerb = 'Import' | 'Clone'

interface StatusInput {
  claimName: string
  verb: TransferVerb
  transfer: Transfer
  restartCount: number
  now: string
  previous?: Status | undefined
}

/** `42.17%`, as CDI writes progress; the end is `100.0%`. */
export const progressOf = (fraction: number): string => `${(fraction * 100).toFixed(2)}%`

/**
 * The whole status of a DataVolume. A failing transfer stays "InProgress": CDI's importer pod
 * is restarted for ever, and its last words stand in the condition Running.
 * Source: CDI pkg/controller/datavolume.
 */
export function dataVolumeStatus(input: StatusInput): Status {
  const { claimName, verb, transfer, restartCount, now, previous } = input
  const conditions = conditionsOf(claimName, transfer).map((condition) =>
    withTimes(condition, previous?.conditions, now),
  )
  return { claimName, conditions, restartCount, ...phaseOf(verb, transfer) }
}

function phaseOf(verb: TransferVerb, transfer: Transfer): { phase: string; progress: string } {
  switch (transfer.state) {
    case 'waitingForClaim':
      return { phase: 'Pending', progress: 'N/A' }
    case 'waitingForConsumer':
      return { phase: 'WaitForFirstConsumer', progress: 'N/A' }
    case 'scheduled':
      return { phase: `${verb}Scheduled`, progress: 'N/A' }
    case 'running':
    case 'failing':
      return { phase: `${verb}InProgress`, progress: progressOf(transfer.fraction) }
    case 'succeeded':
      return { phase: 'Succeeded', progress: '100.0%' }
    default:
      return transfer satisfies never
  }
}

function conditionsOf(claimName: string, transfer: Transfer): Condition[] {
  const bound = !['waitingForClaim', 'waitingForConsumer'].includes(transfer.state)
  const ready = transfer.state === 'succeeded'
  return [
    {
      type: 'Bound',
      status: bound ? 'True' : 'False',
      reason: bound ? 'Bound' : 'Pending',
      message: bound ? `PVC ${claimName} Bound` : `PVC ${claimName} Pending`,
    },
    runningCondition(transfer),
    {
      type: 'Ready',
      status: ready ? 'True' : 'False',
      ...(transfer.state === 'running' && { reason: 'TransferRunning' }),
    },
  ]
}

function runningCondition(transfer: Transfer): Condition {
  switch (transfer.state) {
    case 'running':
      return { type: 'Running', status: 'True', reason: 'Pod is running' }
    case 'failing':
      return { type: 'Running', status: 'False', reason: 'Error', message: transfer.message }
    case 'succeeded':
      return {
        type: 'Running',
        status: 'False',
        reason: 'Completed',
        message: 'Import Complete',
      }
    case 'scheduled':
    case 'waitingForClaim':
    case 'waitingForConsumer':
      return { type: 'Running', status: 'False' }
    default:
      return transfer satisfies never
  }
}

function withTimes(condition: Condition, previous: Condition[] = [], now: string): Condition {
  const before = previous.find(({ type }) => type === condition.type)
  const same =
    before?.status === condition.status &&
    before.reason === condition.reason &&
    before.message === condition.message
  return {
    ...condition,
    lastHeartbeatTime: same ? (before.lastHeartbeatTime ?? now) : now,
    lastTransitionTime:
      before?.status === condition.status ? (before.lastTransitionTime ?? now) : now,
  }
}
