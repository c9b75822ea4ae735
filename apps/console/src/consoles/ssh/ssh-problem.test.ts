import { expect, it } from 'vitest'
import { isFault, isPassing, problemWords, type SshProblem } from './ssh-problem.ts'

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

it.each<[SshProblem, boolean]>([
  [{ kind: 'lost' }, true],
  [{ kind: 'refused' }, true],
  [{ kind: 'exited', code: undefined, signal: 'SIGTERM' }, true],
  [{ kind: 'exited', code: 0, signal: undefined }, false],
  [{ kind: 'exited', code: 143, signal: undefined }, false],
  [{ kind: 'wrongPassword' }, false],
  [{ kind: 'hostKeyChanged' }, false],
  [{ kind: 'byUser' }, false],
  [{ kind: 'idle' }, false],
  [{ kind: 'closed', status: 401, message: '' }, false],
  [{ kind: 'closed', status: 403, message: '' }, false],
  [{ kind: 'closed', status: 409, message: '' }, true],
  [{ kind: 'closed', status: 429, message: '' }, true],
  [{ kind: 'closed', status: 502, message: '' }, true],
])('F-45 after %j a shell is brought back: %s', (problem, isBroughtBack) => {
  expect(isPassing(problem)).toBe(isBroughtBack)
})
