import {
  conditionOf,
  effectiveRunStrategy,
  hasCondition,
  printableStatus,
  type Condition,
  type StatusInput,
} from '@virtdeck/kubevirt'
import type { VirtualMachine, VirtualMachineInstance } from '../informers.ts'
import { timestamp } from '../timestamps.ts'
import { VM_GENERATION } from './names.ts'
import { startFailureOf } from './start-failure.ts'
import type { ChosenRefs } from './instancetypes.ts'
import { volumeSnapshotStatuses, type SnapshotClassOf } from './volume-snapshot-statuses.ts'

type Status = NonNullable<VirtualMachine['status']>
/** With the times that the published types leave out. */
type TimedCondition = Condition & {
  lastProbeTime?: string | null
  lastTransitionTime?: string | null
}

/** Conditions of a VM that are its own and not its instance's. */
const OWN_CONDITIONS = ['Ready', 'Failure', 'RestartRequired', 'ManualRecoveryRequired']

export interface StatusRequest extends StatusInput {
  /** Why the last start failed; its first word-like part becomes the reason. */
  failure?: { reason: string; message: string } | undefined
  /** Added by the run strategy: another start after a failed run. */
  addStartRequest?: boolean
  /** Whether the run strategy has been followed, so that it counts as seen. */
  runStrategySynchronized: boolean
  /** Why the instance has to be restarted before it is what the VM describes. */
  restartRequired: string | undefined
  /** The kept instance type and preference. */
  refs?: ChosenRefs | undefined
  /** The class for snapshots of volumes of a storage class. */
  snapshotClassOf: SnapshotClassOf
  now: Date
  random?: () => number
}

/** The status a VM should have; fields that are undefined should not be there. */
export function virtualMachineStatus(request: StatusRequest): Status {
  const { virtualMachine, instance, now, random = Math.random } = request
  const before = virtualMachine.status ?? {}
  const startFailure = startFailureOf(virtualMachine, instance, { now, random })
  const requests = openRequests(virtualMachine, instance)
  if (request.addStartRequest) requests.push({ action: 'Start' })
  const shown: StatusInput = {
    ...request,
    virtualMachine: {
      ...virtualMachine,
      status: { ...before, startFailure } as Status,
    },
  }
  const optional = {
    created: instance ? true : undefined,
    ready: hasCondition(instance, 'Ready', { status: 'True' }) ? true : undefined,
    startFailure,
    instancetypeRef: request.refs?.instancetypeRef,
    preferenceRef: request.refs?.preferenceRef,
    stateChangeRequests: requests.length > 0 ? requests : undefined,
    runStrategy: request.runStrategySynchronized
      ? effectiveRunStrategy(virtualMachine)
      : before.runStrategy,
  }
  return {
    ...optional,
    ...generations(virtualMachine, instance),
    conditions: conditions(request),
    printableStatus: printableStatus(shown),
    volumeSnapshotStatuses: volumeSnapshotStatuses(request),
  } as Status
}

/** Requests are done when what they asked for is there. */
function openRequests(
  { status }: VirtualMachine,
  instance: VirtualMachineInstance | undefined,
): NonNullable<Status['stateChangeRequests']> {
  const [first, ...rest] = status?.stateChangeRequests ?? []
  if (first === undefined) return []
  const done =
    first.action === 'Stop'
      ? instance === undefined || first.uid !== instance.metadata?.uid
      : instance !== undefined && instance.metadata?.deletionTimestamp === undefined
  return done ? rest : [first, ...rest]
}

/** While there is an instance, `observedGeneration` is the generation it was made from. */
function generations(
  { metadata, status }: VirtualMachine,
  instance: VirtualMachineInstance | undefined,
): Pick<Status, 'desiredGeneration' | 'observedGeneration'> {
  const generation = metadata?.generation ?? 1
  const used = Number(instance?.metadata?.annotations?.[VM_GENERATION])
  if (used > 0) return { desiredGeneration: generation, observedGeneration: used }
  // A VM that has never run gets one write of status and none for later edits.
  if (status?.observedGeneration === undefined) return {}
  return { desiredGeneration: generation, observedGeneration: generation }
}

function conditions(request: StatusRequest): TimedCondition[] {
  const { virtualMachine, instance, now, failure, restartRequired } = request
  const wanted: TimedCondition[] = [readyCondition(instance)]
  if (failure) wanted.push({ type: 'Failure', status: 'True', ...failure })
  if (restartRequired) {
    wanted.push({
      type: 'RestartRequired',
      status: 'True',
      reason: '',
      message: restartRequired,
    })
  }
  const recovery = conditionOf(virtualMachine, 'ManualRecoveryRequired')
  if (recovery) wanted.push(recovery)
  const own = wanted.map((condition) => withTimes(condition, virtualMachine, now))
  const mirrored = (instance?.status?.conditions ?? []).filter(
    ({ type }) => !OWN_CONDITIONS.includes(type),
  )
  return [...own, ...mirrored]
}

function readyCondition(instance: VirtualMachineInstance | undefined): TimedCondition {
  if (!instance) {
    return {
      type: 'Ready',
      status: 'False',
      reason: 'VMINotExists',
      message: 'VMI does not exist',
    }
  }
  return (
    conditionOf(instance, 'Ready') ?? {
      type: 'Ready',
      status: 'False',
      reason: 'VMIConditionMissing',
      message: 'VMI is missing the Ready condition',
    }
  )
}

/** Keeps the old condition, with its times, unless something else about it has changed. */
function withTimes(
  condition: TimedCondition,
  virtualMachine: VirtualMachine,
  now: Date,
): TimedCondition {
  const before: TimedCondition | undefined = conditionOf(virtualMachine, condition.type)
  const same =
    before?.status === condition.status &&
    before.reason === condition.reason &&
    before.message === condition.message
  if (same) return before
  const time = timestamp(now)
  return { lastProbeTime: time, lastTransitionTime: time, ...condition }
}
