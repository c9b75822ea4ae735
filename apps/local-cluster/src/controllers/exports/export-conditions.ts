import { timestamp } from '../timestamps.ts'

export interface ExportCondition {
  type: string
  status: string
  reason: string
  message?: string
  lastTransitionTime?: string
  lastProbeTime?: string | null
}

type Said = Pick<ExportCondition, 'status' | 'reason' | 'message'>

/** Conditions in the order in which they were first said, with the time of their last change. */
export function withExportConditions(
  before: readonly ExportCondition[] | undefined,
  said: Record<string, Said>,
  now: Date,
): ExportCondition[] {
  const conditions = [...(before ?? [])]
  for (const [type, { status, reason, message = '' }] of Object.entries(said)) {
    const index = conditions.findIndex((condition) => condition.type === type)
    const old = conditions[index]
    const isSame =
      old?.status === status && old.reason === reason && (old.message ?? '') === message
    if (isSame) continue
    const next: ExportCondition = {
      type,
      status,
      reason,
      ...(message !== '' && { message }),
      lastProbeTime: null,
      lastTransitionTime: timestamp(now),
    }
    if (index < 0) conditions.push(next)
    else conditions[index] = next
  }
  return conditions
}
