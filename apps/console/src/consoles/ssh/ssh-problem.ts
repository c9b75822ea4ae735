import type { SshFailureReason } from '@virtdeck/bff-contract'
import type { ParseKeys } from 'i18next'

export type SshProblem =
  | { kind: SshFailureReason; message?: string }
  | { kind: 'byUser' | 'idle' | 'notLoaded' }
  /** The shell has ended by itself. */
  | { kind: 'exited'; code: number | undefined; signal: string | undefined }
  /** By the console server or the cluster, with an HTTP status. */
  | { kind: 'closed'; status: number; message: string }

/** What ended in order is none. */
export const isFault = (problem: SshProblem): boolean =>
  problem.kind !== 'byUser' && problem.kind !== 'idle' && problem.kind !== 'exited'

const PASSING: ReadonlySet<SshProblem['kind']> = new Set([
  'lost',
  'refused',
  'timeout',
  // A guest that goes down or comes up closes its port in the middle of a sentence.
  'notSsh',
  'handshake',
])

/** Pure: whether a shell that was there may be had again without asking anybody. */
export function isPassing(problem: SshProblem): boolean {
  // A guest that restarts ends its shells with a signal, or without a word.
  if (problem.kind === 'exited') return problem.code === undefined
  if (problem.kind === 'closed') return problem.status !== 401 && problem.status !== 403
  return PASSING.has(problem.kind)
}

interface ProblemWords {
  title: ParseKeys
  body?: ParseKeys
  values?: Record<string, string | number>
  /** The cluster's own words. */
  details?: string
}

/** Statuses with words of their own. */
const CLOSED = { 401: 'signedOut', 403: 'forbidden', 429: 'tooMany' } as const

/** Pure: why there is no session (any more), in words. */
export function problemWords(problem: SshProblem): ProblemWords {
  if (problem.kind === 'exited') {
    const { code, signal } = problem
    if (code === undefined) {
      return { title: 'ssh.problem.killed', values: { signal: signal ?? '' } }
    }
    return { title: 'ssh.problem.exited', values: { code } }
  }
  if (problem.kind === 'closed') {
    const { status, message } = problem
    const known = CLOSED[status as keyof typeof CLOSED]
    const name = known ?? (status < 500 ? 'notRunning' : 'unreachable')
    return {
      title: `ssh.problem.${name}.title`,
      body: `ssh.problem.${name}.body`,
      details: message,
    }
  }
  const { kind } = problem
  return { title: `ssh.problem.${kind}.title`, body: `ssh.problem.${kind}.body` }
}
