import { expect, it } from 'vitest'
import { problemOf } from './rdp-ending.ts'

it.each([
  ['a wrong password, told', { wasConnected: false, kind: 1 }, 'signInFailed'],
  [
    'a wrong password at FreeRDP, which just closes',
    { wasConnected: false, kind: 0, message: 'not enough bytes' },
    'signInFailed',
  ],
  ['nothing that listens', { wasConnected: false, kind: 4 }, 'gateway'],
  ['too many consoles', { wasConnected: false, kind: 4, status: 429 }, 'tooMany'],
  ['another certificate', { wasConnected: false, kind: 4, status: 412 }, 'certificateChanged'],
  ['no security in common', { wasConnected: false, kind: 6 }, 'negotiation'],
  [
    'a connection that breaks off',
    { wasConnected: true, kind: 0, message: 'read frame: not enough bytes' },
    'lost',
  ],
  ['the guest signed out', { wasConnected: true, hasFarewell: true, kind: 0 }, 'ended'],
])('%s', (_what, ending, problem) => {
  expect(problemOf({ message: '', hasFarewell: false, ...ending })).toBe(problem)
})
