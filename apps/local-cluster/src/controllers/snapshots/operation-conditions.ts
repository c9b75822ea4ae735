import { timestamp } from '../timestamps.ts'

/** A condition of a snapshot or restore; its reason is a sentence, as KubeVirt writes it. */
export interface OperationCondition {
  type: string
  status: string
  reason?: string
  message?: string
  lastProbeTime?: string | null
  lastTransitionTime?: string | null
}

type Said = readonly [status: 'True' | 'False', reason: string]

/** Conditions in the order in which they were first said; those not named stay as they are. */
export function withConditions(
  before: readonly OperationCondition[] | undefined,
  said: { Progressing?: Said; Ready?: Said; Failure?: Said },
  now: Date,
): OperationCondition[] {
  const conditions = [...(before ?? [])]
  for (const [type, [status, reason]] of Object.entries(said)) {
    const index = conditions.findIndex((condition) => condition.type === type)
    const old = conditions[index]
    if (old?.status === status && old.reason === reason) continue
    const next = { type, status, reason, lastTransitionTime: timestamp(now) }
    if (index < 0) conditions.push(next)
    else conditions[index] = next
  }
  return conditions
}
