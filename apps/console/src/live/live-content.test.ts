import { expect, test } from 'vitest'
import { afterFrame, afterLoss, LOADING } from './live-content.ts'

const row = (key: string, status: string) => ({ key, status })
const page = afterFrame(LOADING, {
  type: 'page',
  id: 1,
  rows: [row('a', 'Running'), row('b', 'Stopped')],
  total: 2,
})

test('a delta changes the rows it names and leaves the others the same objects', () => {
  const next = afterFrame(page, { type: 'delta', id: 1, rows: [row('b', 'Starting')] })
  expect(next.rows).toEqual([row('a', 'Running'), row('b', 'Starting')])
  expect(next.rows?.[0]).toBe(page.rows?.[0])
  expect(next.total).toBe(2)
})

test('keys are the new order; what they leave out is gone', () => {
  const next = afterFrame(page, {
    type: 'delta',
    id: 1,
    rows: [row('c', 'Running')],
    keys: ['c', 'a'],
    total: 7,
  })
  expect(next.rows?.map(({ key }) => key)).toEqual(['c', 'a'])
  expect(next.total).toBe(7)
})

test('a lost connection makes good content stale and keeps it', () => {
  expect(afterLoss(page)).toMatchObject({ state: 'stale', total: 2 })
  expect(afterLoss(LOADING)).toBe(LOADING)
})

test('while the server retries, the last content stays; without retry it goes', () => {
  const error = { status: 503, reason: 'ServiceUnavailable', message: 'no answer' }
  const frame = { type: 'error' as const, id: 1, error, retrying: true }
  expect(afterFrame(page, frame)).toMatchObject({ state: 'stale', total: 2 })
  expect(afterFrame(page, { ...frame, retrying: false })).toMatchObject({ state: 'error' })
  expect(afterFrame(page, { ...frame, retrying: false }).rows).toBeUndefined()
  expect(afterFrame(LOADING, frame)).toMatchObject({ state: 'error' })
})

test('an object that does not exist is null, which is an answer', () => {
  expect(afterFrame(LOADING, { type: 'object', id: 1, object: null })).toEqual({
    state: 'ready',
    object: null,
  })
})
