import { expect, test } from 'vitest'
import {
  disabledReason,
  isActionShown,
  VIRTUAL_MACHINE_ACTION_NAMES,
  type VirtualMachineActionName,
  type VirtualMachineState,
} from './virtual-machine-actions.ts'

const ACTIONS: VirtualMachineActionName[] = ['start', 'stop', 'restart', 'delete']

const state = (overrides: Partial<VirtualMachineState>): VirtualMachineState => ({
  status: 'Running',
  runStrategy: 'Always',
  deleting: false,
  ...overrides,
})

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
  for (const action of VIRTUAL_MACHINE_ACTION_NAMES) {
    expect(disabledReason(action, state({ deleting: true }))).toBe('deleting')
  }
})

// Columns: force stop, soft reboot, pause, unpause, migrate, cancel migration, console, SSH.
const INSTANCE_ACTIONS = [
  'forceStop',
  'softReboot',
  'pause',
  'unpause',
  'migrate',
  'cancelMigration',
  'openConsole',
  'copySshCommand',
] as const

test.each([
  ['Running', '- - - notPaused - notMigrating - -'],
  ['Migrating', '- - migrating notPaused migrating - - -'],
  ['Paused', '- paused alreadyPaused - - notMigrating - paused'],
  ['Starting', '- notRunning notRunning notPaused notRunning notMigrating - notRunning'],
  ['Stopping', '- stopping stopping notPaused stopping notMigrating notRunning stopping'],
  [
    'Stopped',
    'notRunning notRunning notRunning notPaused notRunning notMigrating notRunning notRunning',
  ],
  [
    'Provisioning',
    'notRunning notRunning notRunning notPaused notRunning notMigrating notRunning notRunning',
  ],
  [
    'ImagePullBackOff',
    '- notRunning notRunning notPaused notRunning notMigrating - notRunning',
  ],
])('F-34 what can be done to a VMI of a VM that is %s', (status, expected) => {
  const found = INSTANCE_ACTIONS.map((action) => disabledReason(action, state({ status })))
  expect(found.map((reason) => reason ?? '-').join(' ')).toBe(expected)
})

test.each<[VirtualMachineActionName, Partial<VirtualMachineState>, string | undefined]>([
  ['migrate', { migrationRefusal: 'PVC data is not shared' }, 'notMigratable'],
  ['softReboot', { deafToReboot: true }, 'deafToReboot'],
  ['pause', { hasLivenessProbe: true }, 'livenessProbe'],
  ['unpause', { status: 'Paused', snapshotInProgress: true }, 'snapshotInProgress'],
  ['start', { status: 'Stopped', runStrategy: 'Halted', needsRecovery: true }, 'needsRecovery'],
  ['restart', { needsRecovery: true }, 'needsRecovery'],
  ['forceRestart', { runStrategy: 'Once' }, 'restartRefusedByRunStrategy'],
  // A guest that does not shut down can be switched off, whatever the run strategy.
  ['forceStop', { status: 'Stopping', runStrategy: 'Halted' }, undefined],
  ['editLabels', { status: 'Stopped' }, undefined],
  ['takeSnapshot', { status: 'Provisioning' }, 'importing'],
  ['takeSnapshot', { snapshotInProgress: true }, 'snapshotInProgress'],
  ['clone', { status: 'Stopped' }, undefined],
  ['export', { status: 'Stopped' }, undefined],
  ['export', { status: 'Running' }, 'mustBeOff'],
  ['export', { status: 'Provisioning' }, 'importing'],
])('F-34 %s with %o: %s', (action, overrides, expected) => {
  expect(disabledReason(action, state(overrides))).toBe(expected)
})

test('F-34 of pause and unpause, migrate and cancel, one is shown', () => {
  const shown = (status: string) =>
    VIRTUAL_MACHINE_ACTION_NAMES.filter((action) => isActionShown(action, state({ status })))
  expect(shown('Running')).toEqual(expect.arrayContaining(['pause', 'migrate', 'start']))
  expect(shown('Running')).not.toEqual(expect.arrayContaining(['unpause']))
  expect(shown('Paused')).toContain('unpause')
  expect(shown('Paused')).not.toContain('pause')
  expect(shown('Migrating')).toContain('cancelMigration')
  expect(shown('Migrating')).not.toContain('migrate')
})
