const MAX_BACKOFF_MS = 10_000

/** Exponential from 0.2 s to 10 s, with jitter so that clients do not return together. */
export function backoff(failures: number): number {
  const base = Math.min(MAX_BACKOFF_MS, 100 * 2 ** failures)
  return base / 2 + (Math.random() * base) / 2
}

/** Waits; rejects when the signal aborts. */
export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}
