import { expect, test } from 'vitest'
import { notableConditions } from './notable-conditions.ts'

test('conditions that say that all is well are no news', () => {
  const found = notableConditions([
    { type: 'Ready', status: 'False', reason: 'VMINotExists' },
    { type: 'LiveMigratable', status: 'True' },
    { type: 'LiveMigratable', status: 'False', message: 'PVC data is not shared' },
    { type: 'RestartRequired', status: 'True' },
    { type: 'AgentConnected', status: 'False' },
    { type: 'Synchronized', status: 'False' },
    { type: 'NewInSomeVersion', status: 'True' },
  ])
  expect(found.map(({ type, status }) => `${type}=${status}`)).toEqual([
    'LiveMigratable=False',
    'RestartRequired=True',
    'Synchronized=False',
  ])
  expect(notableConditions(undefined)).toEqual([])
})
