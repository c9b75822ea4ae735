const DEFAULT_MS = 5 * 60_000
const UNITS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 }

/** A duration as Go writes it (`5m0s`); undefined if it is none. */
function durationOf(text: string): number | undefined {
  const parts = [...text.matchAll(/([\d.]+)(ms|h|m|s)/g)]
  if (parts.map(([part]) => part).join('') !== text) return undefined
  return parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0),
    0,
  )
}

/** Milliseconds until an operation counts as failed; undefined if it may take for ever. */
export function millisecondsLeft(options: {
  createdAt: string | undefined
  failureDeadline: string | undefined
  now: Date
}): number | undefined {
  const { createdAt, failureDeadline, now } = options
  const allowed = failureDeadline === undefined ? DEFAULT_MS : durationOf(failureDeadline)
  if (allowed === 0) return undefined
  const start = createdAt === undefined ? now.getTime() : Date.parse(createdAt)
  return start + (allowed ?? DEFAULT_MS) - now.getTime()
}
