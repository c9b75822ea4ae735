import { expect, test } from 'vitest'
import { disabledReason } from '../actions/virtual-machine-actions.ts'
import { virtualMachineStateOf } from '../actions/virtual-machine-state.ts'
import type { VirtualMachineInstance } from '../types.ts'
import { instanceAsVirtualMachine } from './instance-as-virtual-machine.ts'

const ACTIONS = ['softReboot', 'pause', 'unpause', 'delete'] as const

const paused = { conditions: [{ type: 'Paused', status: 'True' }] }

test.each<[string, VirtualMachineInstance['status'] & object, string, string]>([
  ['runs', { phase: 'Running' }, 'Running', '- - notPaused -'],
  ['is paused', { phase: 'Running', ...paused }, 'Paused', 'paused alreadyPaused - -'],
  ['begins', { phase: 'Scheduling' }, 'Starting', 'notRunning notRunning notPaused -'],
  ['has ended', { phase: 'Succeeded' }, 'Succeeded', 'notRunning notRunning notPaused -'],
  ['has failed', { phase: 'Failed' }, 'Failed', 'notRunning notRunning notPaused -'],
  [
    'migrates',
    { phase: 'Running', migrationState: { startTimestamp: '2026-11-23T10:00:00Z' } },
    'Migrating',
    '- migrating notPaused -',
  ],
])('F-34 a VMI without a VM that %s', (_what, status, expected, reasons) => {
  const virtualMachine = instanceAsVirtualMachine({
    metadata: { name: 'a' },
    spec: { domain: { devices: {} } },
    status,
  })
  const state = virtualMachineStateOf(virtualMachine)
  expect(state.status).toBe(expected)
  const found = ACTIONS.map((action) => disabledReason(action, state) ?? '-')
  expect(found.join(' ')).toBe(reasons)
})

test('F-34 a VMI that is being deleted can do nothing more', () => {
  const virtualMachine = instanceAsVirtualMachine({
    metadata: { name: 'a', deletionTimestamp: '2026-11-23T10:00:00Z' },
    spec: { domain: { devices: {} } },
    status: { phase: 'Running' },
  })
  const state = virtualMachineStateOf(virtualMachine)
  expect(state).toMatchObject({ status: 'Terminating', deleting: true })
  expect(disabledReason('pause', state)).toBe('deleting')
})
