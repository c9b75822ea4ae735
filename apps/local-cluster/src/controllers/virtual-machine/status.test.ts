import { expect, test } from 'vitest'
import type { VirtualMachine, VirtualMachineInstance } from '../informers.ts'
import { differences } from '../merge-patch.ts'
import { virtualMachineStatus, type StatusRequest } from './status.ts'

const NOW = new Date('2026-01-01T00:00:00Z')

function machine(
  status?: VirtualMachine['status'],
  spec: Partial<VirtualMachine['spec']> = {},
): VirtualMachine {
  return {
    metadata: { namespace: 'n', name: 'a', uid: 'vm', generation: 3 },
    spec: {
      runStrategy: 'Always',
      ...spec,
      template: {
        spec: {
          domain: { devices: {} },
          volumes: [{ name: 'root', containerDisk: { image: 'i' } }],
        },
      },
    },
    ...(status && { status }),
  }
}

function instanceOf(
  status: VirtualMachineInstance['status'],
  generation = '3',
): VirtualMachineInstance {
  return {
    metadata: { uid: 'one', annotations: { 'kubevirt.io/vm-generation': generation } },
    spec: { domain: { devices: {} } },
    ...(status && { status }),
  }
}

const statusOf = (request: Partial<StatusRequest> & Pick<StatusRequest, 'virtualMachine'>) =>
  virtualMachineStatus({
    dataVolume: () => undefined,
    claim: () => undefined,
    runStrategySynchronized: true,
    restartRequired: undefined,
    snapshotClassOf: () => undefined,
    now: NOW,
    random: () => 0,
    ...request,
  })

test('a VM that has never run', () => {
  expect(statusOf({ virtualMachine: machine(undefined, { runStrategy: 'Halted' }) })).toEqual({
    runStrategy: 'Halted',
    printableStatus: 'Stopped',
    conditions: [
      {
        type: 'Ready',
        status: 'False',
        reason: 'VMINotExists',
        message: 'VMI does not exist',
        lastProbeTime: '2026-01-01T00:00:00Z',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
    ],
    volumeSnapshotStatuses: [
      {
        name: 'root',
        enabled: false,
        reason: 'Snapshot is not supported for this volumeSource type [root]',
      },
    ],
  })
})

test('the same status is not written again', () => {
  const first = statusOf({ virtualMachine: machine() })
  const later = new Date('2026-01-01T01:00:00Z')
  const second = statusOf({ virtualMachine: machine(first), now: later })
  expect(differences(first, second)).toBeUndefined()
})

test("a running instance's conditions are mirrored, and dropped when they leave it", () => {
  const agent = { type: 'AgentConnected', status: 'True' }
  const ready = { type: 'Ready', status: 'True' }
  const instance = instanceOf({ phase: 'Running', conditions: [ready, agent] })
  const running = statusOf({ virtualMachine: machine(), instance })
  expect(running).toMatchObject({
    created: true,
    ready: true,
    printableStatus: 'Running',
    desiredGeneration: 3,
    observedGeneration: 3,
    conditions: [ready, agent],
  })
  const without = instanceOf({ phase: 'Running', conditions: [ready] })
  const later = statusOf({ virtualMachine: machine(running), instance: without })
  expect(later.conditions?.map(({ type }) => type)).toEqual(['Ready'])
})

test('an edited template asks for a restart', () => {
  const status = statusOf({
    virtualMachine: machine(),
    instance: instanceOf({ phase: 'Running' }, '2'),
    restartRequired: 'why',
  })
  expect(status).toMatchObject({ desiredGeneration: 3, observedGeneration: 2 })
  expect(status.conditions).toContainEqual(
    expect.objectContaining({
      type: 'RestartRequired',
      status: 'True',
      message: 'why',
    }),
  )
})

test.each([
  { failures: 0, expected: 1, retry: '2026-01-01T00:00:10Z' },
  { failures: 1, expected: 2, retry: '2026-01-01T00:00:40Z' },
  { failures: 2, expected: 3, retry: '2026-01-01T00:01:30Z' },
  { failures: 9, expected: 10, retry: '2026-01-01T00:05:00Z' },
])('failed start number $expected is retried at $retry', ({ failures, expected, retry }) => {
  const before =
    failures === 0
      ? undefined
      : { startFailure: { consecutiveFailCount: failures, lastFailedVMIUID: 'zero' } }
  const virtualMachine = machine(before)
  const failed = instanceOf({ phase: 'Failed' })
  const status = statusOf({ virtualMachine, instance: failed })
  expect(status.startFailure).toEqual({
    consecutiveFailCount: expected,
    lastFailedVMIUID: 'one',
    retryAfterTimestamp: retry,
  })
  expect(status.printableStatus).toBe('CrashLoopBackOff')
  // The same instance counts once.
  const again = statusOf({ virtualMachine: machine(status), instance: failed })
  expect(again.startFailure).toEqual(status.startFailure)
})

test('a guest that ran is no failed start', () => {
  const startFailure = { consecutiveFailCount: 2, lastFailedVMIUID: 'zero' }
  const transitions = [{ phase: 'Running', phaseTransitionTimestamp: 'then' }]
  const instance = instanceOf({ phase: 'Failed', phaseTransitionTimestamps: transitions })
  const status = statusOf({ virtualMachine: machine({ startFailure }), instance })
  expect(status.startFailure).toBeUndefined()
})

test('requests are done one after the other', () => {
  const stop = { action: 'Stop', uid: 'one' }
  const start = { action: 'Start' }
  const requested = machine({ stateChangeRequests: [stop, start] })
  const running = instanceOf({ phase: 'Running' })
  expect(
    statusOf({ virtualMachine: requested, instance: running }).stateChangeRequests,
  ).toEqual([stop, start])
  expect(statusOf({ virtualMachine: requested }).stateChangeRequests).toEqual([start])
  const started = machine({ stateChangeRequests: [start] })
  expect(statusOf({ virtualMachine: started, instance: running }).stateChangeRequests).toBe(
    undefined,
  )
})
