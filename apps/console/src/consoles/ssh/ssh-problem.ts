import type { ParseKeys } from 'i18next'
import type { SshProblem } from './ssh-session.ts'

/** What ended in order is none. */
export const isFault = (problem: SshProblem): boolean =>
  problem.kind !== 'byUser' && problem.kind !== 'idle' && problem.kind !== 'exited'

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
