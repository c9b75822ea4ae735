/** What conditions of every kind have in common. */
export interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
}

/** The condition of that type, if there is one. */
export function conditionOf<T extends Condition>(
  object: { status?: { conditions?: T[] | undefined } | undefined } | undefined,
  type: string,
): T | undefined {
  return object?.status?.conditions?.find((condition) => condition.type === type)
}

/** Whether there is a condition of that type with that status (and, if given, that reason). */
export function hasCondition(
  object: { status?: { conditions?: Condition[] | undefined } | undefined } | undefined,
  type: string,
  expected: { status: string; reason?: string },
): boolean {
  const condition = conditionOf(object, type)
  if (condition?.status !== expected.status) return false
  return expected.reason === undefined || condition.reason === expected.reason
}
