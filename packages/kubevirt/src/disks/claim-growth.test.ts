import { expect, test } from 'vitest'
import { problemsOf } from '../validation/problem.ts'
import {
  claimSizeOf,
  claimSizeValues,
  growingTo,
  growthMessage,
  growthObstacle,
  growthPatch,
  type DiskClaim,
} from './claim-growth.ts'

const claim = (wanted: string, has?: string): DiskClaim => ({
  spec: { resources: { requests: { storage: wanted } } },
  status:
    has === undefined ? { phase: 'Pending' } : { phase: 'Bound', capacity: { storage: has } },
})
const grows = { allowVolumeExpansion: true }

test.each([
  ['allowed', claim('1Gi', '1Gi'), grows, undefined],
  ['no claim', undefined, grows, 'noClaim'],
  ['not bound', claim('1Gi'), grows, 'notBound'],
  ['class unknown', claim('1Gi', '1Gi'), undefined, 'classUnknown'],
  ['class says no', claim('1Gi', '1Gi'), {}, 'notAllowed'],
])('%s', (_title, one, storageClass, obstacle) => {
  expect(growthObstacle(one, storageClass)).toBe(obstacle)
})

test.each([
  ['2Gi', '1Gi', '2Gi'],
  ['1Gi', '1Gi', undefined],
  ['1Gi', '2Gi', undefined],
  ['1Gi', undefined, undefined],
])('asked for %s, has %s: growing to %s', (wanted, has, expected) => {
  expect(growingTo(claim(wanted, has))).toBe(expected)
})

test.each([
  ['2', []],
  ['1.5', []],
  ['1', ['disk.mustGrow']],
  ['0.5', ['disk.mustGrow']],
  ['', ['required']],
  ['big', ['notANumber']],
])('size %s', (size, codes) => {
  const problems = problemsOf(claimSizeValues(claim('1Gi', '1Gi')), { size })
  expect(problems.map(({ code }) => code)).toEqual(codes)
})

test('a claim that was asked to grow starts from what it was asked for', () => {
  expect(claimSizeOf(claim('2Gi', '1Gi'))).toEqual({ size: '2' })
  expect(claimSizeOf(claim('64Mi', '64Mi'))).toEqual({ size: '0.0625' })
  expect(growthPatch({ size: '3' })).toEqual({
    spec: { resources: { requests: { storage: '3Gi' } } },
  })
})

test('what keeps it from growing is said in the words of the cluster', () => {
  const conditions = [
    { type: 'FileSystemResizePending', status: 'True', message: 'Waiting for a pod' },
  ]
  expect(growthMessage({ status: { conditions } })).toBe('Waiting for a pod')
  expect(growthMessage(claim('1Gi', '1Gi'))).toBeUndefined()
})
