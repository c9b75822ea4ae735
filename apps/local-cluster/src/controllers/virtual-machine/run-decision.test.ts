import { expect, test } from 'vitest'
import type { VirtualMachine, VirtualMachineInstance } from '../informers.ts'
import { decideRun, type RunDecision } from './run-decision.ts'

const NOW = new Date('2026-01-01T00:00:00Z')
const START = [{ action: 'Start' }]
const STOP = [{ action: 'Stop', uid: 'one' }]
const STOPS: RunDecision = { do: 'stop', thenStart: false }
const STARTS: RunDecision = { do: 'start', paused: false }
const NOTHING: RunDecision = { do: 'nothing' }

interface Row {
  spec: Partial<VirtualMachine['spec']>
  status?: VirtualMachine['status']
  /** Phase of the instance with uid `one`. */
  phase?: string
  deleting?: boolean
  expected: RunDecision
}

const seen = (runStrategy: string) => ({ runStrategy })

test.each<Row>([
  { spec: { runStrategy: 'Always' }, expected: STARTS },
  { spec: { running: true }, expected: STARTS },
  { spec: { runStrategy: 'Always' }, phase: 'Running', expected: NOTHING },
  { spec: { runStrategy: 'Always' }, phase: 'Succeeded', expected: STOPS },
  { spec: { runStrategy: 'Always' }, phase: 'Failed', expected: STOPS },
  { spec: { runStrategy: 'Always' }, phase: 'Failed', deleting: true, expected: NOTHING },
  {
    spec: { runStrategy: 'Always' },
    phase: 'Running',
    status: { stateChangeRequests: [...STOP, ...START] },
    expected: STOPS,
  },
  {
    spec: { runStrategy: 'Always' },
    status: { startFailure: { retryAfterTimestamp: '2026-01-01T00:00:10Z' } },
    expected: { do: 'wait', milliseconds: 10_000 },
  },
  {
    spec: { runStrategy: 'Always' },
    status: { startFailure: { retryAfterTimestamp: '2025-12-31T23:59:59Z' } },
    expected: STARTS,
  },
  { spec: { runStrategy: 'Halted' }, expected: NOTHING },
  { spec: { runStrategy: 'Halted' }, phase: 'Running', expected: STOPS },
  { spec: { running: false }, phase: 'Pending', expected: STOPS },
  {
    spec: { runStrategy: 'Halted' },
    status: { stateChangeRequests: START },
    expected: { do: 'unhalt' },
  },
  { spec: { runStrategy: 'Manual' }, expected: NOTHING },
  { spec: { runStrategy: 'Manual' }, status: { stateChangeRequests: START }, expected: STARTS },
  {
    spec: { runStrategy: 'Manual' },
    status: { stateChangeRequests: [{ action: 'Start', data: { paused: 'true' } }] },
    expected: { do: 'start', paused: true },
  },
  { spec: { runStrategy: 'Manual' }, phase: 'Running', expected: NOTHING },
  { spec: { runStrategy: 'Manual' }, phase: 'Succeeded', expected: NOTHING },
  {
    spec: { runStrategy: 'Manual' },
    phase: 'Running',
    status: { stateChangeRequests: STOP },
    expected: STOPS,
  },
  { spec: { runStrategy: 'RerunOnFailure' }, expected: STARTS },
  {
    spec: { runStrategy: 'RerunOnFailure' },
    status: seen('RerunOnFailure'),
    expected: NOTHING,
  },
  {
    spec: { runStrategy: 'RerunOnFailure' },
    status: { ...seen('RerunOnFailure'), stateChangeRequests: START },
    expected: STARTS,
  },
  { spec: { runStrategy: 'RerunOnFailure' }, phase: 'Running', expected: NOTHING },
  { spec: { runStrategy: 'RerunOnFailure' }, phase: 'Succeeded', expected: STOPS },
  {
    spec: { runStrategy: 'RerunOnFailure' },
    phase: 'Failed',
    expected: { do: 'stop', thenStart: true },
  },
  {
    spec: { runStrategy: 'RerunOnFailure' },
    phase: 'Failed',
    deleting: true,
    expected: NOTHING,
  },
  { spec: { runStrategy: 'Once' }, expected: STARTS },
  { spec: { runStrategy: 'Once' }, phase: 'Succeeded', expected: NOTHING },
  { spec: { runStrategy: 'Once' }, phase: 'Failed', expected: NOTHING },
])('$spec, instance $phase, status $status: $expected.do', (row) => {
  const virtualMachine: VirtualMachine = {
    spec: { ...row.spec, template: {} },
    ...(row.status && { status: row.status }),
  }
  const instance: VirtualMachineInstance | undefined =
    row.phase === undefined
      ? undefined
      : {
          metadata: { uid: 'one', ...(row.deleting && { deletionTimestamp: 'now' }) },
          spec: { domain: { devices: {} } },
          status: { phase: row.phase },
        }
  expect(decideRun(virtualMachine, instance, NOW)).toEqual(row.expected)
})
