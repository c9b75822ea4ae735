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

test('F-34 conditions and the definition say what else an action needs', () => {
  const state = virtualMachineStateOf({
    spec: {
      template: {
        spec: {
          domain: { devices: {}, features: { acpi: { enabled: false } } },
          livenessProbe: { initialDelaySeconds: 5 },
        },
      },
    },
    status: {
      printableStatus: 'Paused',
      snapshotInProgress: 'nightly',
      conditions: [
        { type: 'LiveMigratable', status: 'False', message: 'PVC data is not shared' },
        { type: 'ManualRecoveryRequired', status: 'True' },
      ],
    },
  })
  expect(state).toMatchObject({
    migrationRefusal: 'PVC data is not shared',
    deafToReboot: true,
    hasLivenessProbe: true,
    snapshotInProgress: true,
    needsRecovery: true,
  })
})

test('F-34 with the guest agent a guest without ACPI can be told to reboot', () => {
  const state = virtualMachineStateOf({
    spec: {
      template: { spec: { domain: { devices: {}, features: { acpi: { enabled: false } } } } },
    },
    status: { conditions: [{ type: 'AgentConnected', status: 'True' }] },
  })
  expect(state.deafToReboot).toBeUndefined()
})
