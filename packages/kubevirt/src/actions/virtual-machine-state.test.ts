import { expect, test } from 'vitest'
import { virtualMachineStateOf } from './virtual-machine-state.ts'

test('spec.running stands for Always or Halted', () => {
  expect(virtualMachineStateOf({ spec: { running: true, template: {} } }).runStrategy).toBe(
    'Always',
  )
  expect(virtualMachineStateOf({ spec: { running: false, template: {} } }).runStrategy).toBe(
    'Halted',
  )
  expect(virtualMachineStateOf({ spec: { runStrategy: 'Manual', template: {} } })).toEqual({
    status: 'Stopped',
    runStrategy: 'Manual',
    deleting: false,
  })
})

test('an object with a deletion timestamp is being deleted', () => {
  const metadata = { deletionTimestamp: '2026-11-23T00:00:00Z' }
  const state = virtualMachineStateOf({
    metadata,
    spec: { template: {} },
    status: { printableStatus: 'Terminating' },
  })
  expect(state).toMatchObject({ status: 'Terminating', deleting: true })
})
