import { expect, test } from 'vitest'
import {
  consistencyOf,
  isSnapshotOf,
  notableRestore,
  restoreObstacle,
  restoreOf,
  snapshotName,
  snapshotOf,
  volumesLeftOut,
} from './snapshots.ts'

const target = { namespace: 'shop', name: 'db' }
const snapshot = snapshotOf(target, 'before')

test.each([
  [undefined, 'offline'],
  [[], 'offline'],
  [['Online', 'NoGuestAgent'], 'crash'],
  [['Online', 'GuestAgent'], 'quiesced'],
  [['Online', 'GuestAgent', 'QuiesceFailed'], 'crash'],
  [['Online', 'GuestAgent', 'QuiesceTimeout'], 'crash'],
])('indications %j: %s', (indications, expected) => {
  expect(consistencyOf({ ...snapshot, status: indications ? { indications } : {} })).toBe(
    expected,
  )
})

test.each([
  [{ status: { phase: 'Succeeded', readyToUse: true } }, undefined],
  [{ status: { phase: 'InProgress', readyToUse: false } }, 'notReady'],
  [{}, 'notReady'],
  [{ status: { phase: 'Failed' } }, 'failed'],
  [{ metadata: { deletionTimestamp: 'now' }, status: { readyToUse: true } }, 'deleting'],
])('what keeps %j from being restored: %s', (more, expected) => {
  expect(restoreObstacle({ ...snapshot, ...more })).toBe(expected)
})

test('only snapshots of this VM count', () => {
  expect(isSnapshotOf(snapshot, 'db')).toBe(true)
  expect(isSnapshotOf(snapshot, 'web')).toBe(false)
})

test('volumes that cannot be in it are named', () => {
  const status = {
    volumeSnapshotStatuses: [
      { name: 'root', enabled: true },
      { name: 'cd', enabled: false, reason: 'Snapshot is not supported for this volumeSource' },
    ],
  }
  expect(volumesLeftOut({ status })).toEqual([
    { name: 'cd', reason: 'Snapshot is not supported for this volumeSource' },
  ])
})

test('a restore is worth a word while it runs, and if the newest failed', () => {
  const restore = (creationTimestamp: string, status: object) => ({
    ...restoreOf(target, { snapshot: 'before', stop: false }),
    metadata: { creationTimestamp },
    status,
  })
  const failed = { conditions: [{ type: 'Failure', status: 'True', reason: 'no space' }] }
  const running = { conditions: [{ type: 'Progressing', status: 'True', reason: 'Waiting' }] }
  expect(notableRestore([])).toBeUndefined()
  expect(
    notableRestore([restore('2026-01-01', failed), restore('2026-01-02', { complete: true })]),
  ).toBeUndefined()
  expect(notableRestore([restore('2026-01-02', failed)])).toMatchObject({
    state: 'failed',
    message: 'no space',
  })
  expect(notableRestore([restore('2026-01-02', running)])).toMatchObject({
    state: 'running',
    message: 'Waiting',
  })
})

test('names tell the moment', () => {
  expect(snapshotName('db', new Date('2026-11-23T14:05:06.789Z'))).toBe('db-20261123-140506')
})

test('only who wants the VM to be stopped says so', () => {
  expect(restoreOf(target, { snapshot: 's', stop: false }).spec).not.toHaveProperty(
    'targetReadinessPolicy',
  )
  expect(restoreOf(target, { snapshot: 's', stop: true }).spec.targetReadinessPolicy).toBe(
    'StopTarget',
  )
})
