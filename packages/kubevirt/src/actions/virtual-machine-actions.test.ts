import { expect, test } from 'vitest'
import {
  disabledReason,
  type VirtualMachineActionName,
  type VirtualMachineState,
} from './virtual-machine-actions.ts'

const ACTIONS: VirtualMachineActionName[] = ['start', 'stop', 'restart', 'delete']

function reasons(state: Partial<VirtualMachineState>): string {
  const whole = { status: 'Running', runStrategy: 'Always', deleting: false, ...state }
  return ACTIONS.map((action) => `${action}: ${disabledReason(action, whole) ?? 'yes'}`).join(
    ', ',
  )
}

test.each([
  ['Running', 'Always', 'start: alreadyRunning, stop: yes, restart: yes, delete: yes'],
  ['Running', 'Manual', 'start: alreadyRunning, stop: yes, restart: yes, delete: yes'],
  [
    'Running',
    'Once',
    'start: alreadyRunning, stop: yes, restart: restartRefusedByRunStrategy, delete: yes',
  ],
  ['Paused', 'Always', 'start: alreadyRunning, stop: yes, restart: yes, delete: yes'],
  ['Migrating', 'Always', 'start: alreadyRunning, stop: yes, restart: migrating, delete: yes'],
  ['Stopped', 'Halted', 'start: yes, stop: notRunning, restart: notRunning, delete: yes'],
  ['Stopped', 'Manual', 'start: yes, stop: notRunning, restart: notRunning, delete: yes'],
  [
    'Stopped',
    'RerunOnFailure',
    'start: yes, stop: notRunning, restart: notRunning, delete: yes',
  ],
  [
    'Stopped',
    'Always',
    'start: startedByRunStrategy, stop: yes, restart: notRunning, delete: yes',
  ],
  ['Stopping', 'Halted', 'start: stopping, stop: stopping, restart: stopping, delete: yes'],
  ['Provisioning', 'Halted', 'start: yes, stop: notRunning, restart: importing, delete: yes'],
  [
    'Provisioning',
    'Always',
    'start: startedByRunStrategy, stop: yes, restart: importing, delete: yes',
  ],
  ['ImagePullBackOff', 'Always', 'start: alreadyRunning, stop: yes, restart: yes, delete: yes'],
  [
    'ErrorPvcNotFound',
    'Halted',
    'start: yes, stop: notRunning, restart: notRunning, delete: yes',
  ],
])('F-34 %s with run strategy %s', (status, runStrategy, expected) => {
  expect(reasons({ status, runStrategy })).toBe(expected)
})

test('F-34 nothing is offered for a VM that is being deleted', () => {
  expect(reasons({ deleting: true })).toBe(
    'start: deleting, stop: deleting, restart: deleting, delete: deleting',
  )
})
