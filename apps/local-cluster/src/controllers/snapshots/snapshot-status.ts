import { hasCondition } from '@virtdeck/kubevirt'
import type { VirtualMachine, VirtualMachineInstance } from '../informers.ts'
import { withConditions } from './operation-conditions.ts'
import {
  claimedVolumes,
  contentNameOf,
  type VirtualMachineSnapshot,
  type VirtualMachineSnapshotContent,
} from './snapshot-content.ts'

type Status = NonNullable<VirtualMachineSnapshot['status']>

const INDICATIONS: Record<string, string> = {
  Online: 'Snapshot taken while the VM was running.',
  GuestAgent: 'Guest agent was active and attempted to quiesce the filesystem.',
  NoGuestAgent:
    'Guest agent was not active. Snapshot is crash-consistent and may not be application-consistent.',
  Paused:
    'Snapshot taken while the VM was paused. Snapshot is crash-consistent and may not be application-consistent.',
}

export interface SnapshotSituation {
  snapshot: VirtualMachineSnapshot
  content: VirtualMachineSnapshotContent | undefined
  /** The source and its running instance. */
  virtualMachine: VirtualMachine | undefined
  instance: VirtualMachineInstance | undefined
  locked: boolean
  deadlineExceeded: boolean
  now: Date
}

/** The status of a VirtualMachineSnapshot. Source: KubeVirt `updateSnapshotStatus`. */
export function snapshotStatus(situation: SnapshotSituation): Status {
  const { snapshot, content, virtualMachine, deadlineExceeded, now } = situation
  const before = snapshot.status ?? {}
  const made = content?.status
  const readyToUse = made?.readyToUse ?? before.readyToUse ?? false
  const creationTime = made?.creationTime ?? before.creationTime
  const status: Status = {
    ...before,
    readyToUse,
    ...(virtualMachine?.metadata?.uid && { sourceUID: virtualMachine.metadata.uid }),
    ...(made && { virtualMachineSnapshotContentName: contentNameOf(snapshot) }),
    ...(creationTime && { creationTime }),
    ...(made?.error && { error: made.error }),
  }
  if (made && !made.error) delete status.error
  const ready = readyToUse ? (['True', 'Ready'] as const) : (['False', 'Not ready'] as const)
  const say = (
    phase: string,
    said: Omit<Parameters<typeof withConditions>[1], 'Ready'>,
    more: Partial<Status> = {},
  ): Status => {
    const inError = status.error && phase !== 'Succeeded'
    const progressing = inError ? { Progressing: ['False', 'In error state'] as const } : {}
    const all = { ...said, ...progressing, Ready: ready }
    return {
      ...status,
      ...more,
      phase,
      conditions: withConditions(before.conditions, all, now),
    }
  }
  if (before.phase === 'Failed' || (deadlineExceeded && before.phase !== 'Succeeded')) {
    return say('Failed', {
      Progressing: ['False', 'Operation failed'],
      Failure: ['True', 'snapshot deadline exceeded'],
    })
  }
  if (before.phase === 'Succeeded' || creationTime) {
    const volumes = content ? { snapshotVolumes: volumesOf(content) } : {}
    return say('Succeeded', { Progressing: ['False', 'Operation complete'] }, volumes)
  }
  if (snapshot.metadata?.deletionTimestamp) {
    return say('Deleting', { Progressing: ['False', 'VM snapshot is deleting'] })
  }
  return say('InProgress', { Progressing: progress(situation) }, indications(situation))
}

function progress({ virtualMachine, locked }: SnapshotSituation) {
  if (!virtualMachine) return ['False', 'Source does not exist'] as const
  return locked
    ? (['True', 'Source locked and operation in progress'] as const)
    : (['False', 'Source not locked'] as const)
}

function volumesOf({ spec }: VirtualMachineSnapshotContent) {
  const all = spec.source.virtualMachine?.spec?.template.spec?.volumes ?? []
  const included = new Set((spec.volumeBackups ?? []).map(({ volumeName }) => volumeName))
  const names = all.map(({ name }) => name)
  const excludedVolumes = names.filter((name) => !included.has(name))
  return {
    includedVolumes: names.filter((name) => included.has(name)),
    ...(excludedVolumes.length > 0 && { excludedVolumes }),
  }
}

/** What was special about taking it: only of a VM that runs. */
function indications({ instance }: SnapshotSituation): Partial<Status> {
  if (!instance) return {}
  const quiet = hasCondition(instance, 'Paused', { status: 'True' })
    ? 'Paused'
    : hasCondition(instance, 'AgentConnected', { status: 'True' })
      ? 'GuestAgent'
      : 'NoGuestAgent'
  const names = ['Online', quiet].toSorted()
  return {
    indications: names,
    sourceIndications: names.map((indication) => ({
      indication,
      message: INDICATIONS[indication] ?? '',
    })),
  }
}

/** Why a VM cannot be frozen in its present form yet. */
export function lockProblem(
  { spec, metadata }: VirtualMachine,
  isBound: (claimName: string) => boolean,
): string | undefined {
  if (metadata?.deletionTimestamp) return 'the source is being deleted'
  const missing = claimedVolumes(spec).find(({ claimName }) => !isBound(claimName))
  return missing && `the claim ${missing.claimName} is not bound`
}
