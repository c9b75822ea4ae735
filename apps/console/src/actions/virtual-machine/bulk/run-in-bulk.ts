export type BulkOutcome =
  | { state: 'waiting' | 'running' | 'done' }
  | { state: 'failed' | 'skipped'; message: string }

interface BulkOptions<T> {
  targets: readonly T[]
  run: (target: T) => Promise<void>
  /** How many at once: a cluster has others to serve, too. */
  concurrency: number
  /** Why a failure happened, in words. */
  explain: (error: unknown) => string
  onOutcome: (target: T, outcome: BulkOutcome) => void
}

/** Does the same to each; one that fails keeps no other from its turn. */
export async function runInBulk<T>(options: BulkOptions<T>): Promise<void> {
  const { targets, run, concurrency, explain, onOutcome } = options
  const waiting = targets.values()
  const work = async () => {
    for (const target of waiting) {
      onOutcome(target, { state: 'running' })
      try {
        await run(target)
        onOutcome(target, { state: 'done' })
      } catch (error) {
        onOutcome(target, { state: 'failed', message: explain(error) })
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
}
