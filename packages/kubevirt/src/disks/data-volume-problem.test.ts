import { expect, test } from 'vitest'
import type { DataVolume } from '../types.ts'
import { dataVolumeProblem } from './data-volume-problem.ts'

const withRunning = (phase: string, status: string, reason: string): DataVolume => ({
  spec: {},
  status: { phase, conditions: [{ type: 'Running', status, reason, message: 'got 404' }] },
})

test.each([
  ['ImportInProgress', 'False', 'Error', 'got 404'],
  ['Failed', 'False', 'ChecksumError', 'got 404'],
  ['ImportInProgress', 'True', 'Pod is running', undefined],
  ['Succeeded', 'False', 'Completed', undefined],
  ['Pending', 'False', 'ErrExceededQuota', 'got 404'],
])('F-22 %s with Running=%s %s', (phase, status, reason, expected) => {
  expect(dataVolumeProblem(withRunning(phase, status, reason))).toBe(expected)
})

test('a new DataVolume has no problem', () => {
  expect(dataVolumeProblem({ spec: {} })).toBeUndefined()
})
