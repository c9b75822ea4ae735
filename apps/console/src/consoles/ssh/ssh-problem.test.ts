import { expect, it } from 'vitest'
import { isFault, problemWords } from './ssh-problem.ts'
import type { SshProblem } from './ssh-session.ts'

it.each<[SshProblem, string, boolean]>([
  [{ kind: 'byUser' }, 'ssh.problem.byUser.title', false],
  [{ kind: 'idle' }, 'ssh.problem.idle.title', false],
  [{ kind: 'exited', code: 3, signal: undefined }, 'ssh.problem.exited', false],
  [{ kind: 'exited', code: undefined, signal: 'SIGHUP' }, 'ssh.problem.killed', false],
  [{ kind: 'wrongPassword' }, 'ssh.problem.wrongPassword.title', true],
  [{ kind: 'closed', status: 401, message: '' }, 'ssh.problem.signedOut.title', true],
  [{ kind: 'closed', status: 403, message: '' }, 'ssh.problem.forbidden.title', true],
  [{ kind: 'closed', status: 409, message: '' }, 'ssh.problem.notRunning.title', true],
  [{ kind: 'closed', status: 429, message: '' }, 'ssh.problem.tooMany.title', true],
  [{ kind: 'closed', status: 502, message: '' }, 'ssh.problem.unreachable.title', true],
])('F-45 %j is told as %s', (problem, title, isWrong) => {
  expect(problemWords(problem).title).toBe(title)
  expect(isFault(problem)).toBe(isWrong)
})
