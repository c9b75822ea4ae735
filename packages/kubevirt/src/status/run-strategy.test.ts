import type { V1VirtualMachine as VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { expect, test } from 'vitest'
import { isSetToStart } from './run-strategy.ts'

const START = [{ action: 'Start' }]
const stop = (uid: string) => [{ action: 'Stop', uid }]

interface Row {
  runStrategy: string
  status?: VirtualMachine['status']
  /** Phase of the instance with uid `one`. */
  phase?: string
  expected: boolean
}

test.each<Row>([
  { runStrategy: 'Always', expected: true },
  { runStrategy: 'Always', phase: 'Failed', expected: true },
  { runStrategy: 'Halted', expected: false },
  { runStrategy: 'Halted', phase: 'Running', expected: false },
  { runStrategy: 'Manual', expected: false },
  { runStrategy: 'Manual', status: { stateChangeRequests: START }, expected: true },
  { runStrategy: 'Manual', phase: 'Running', expected: true },
  {
    runStrategy: 'Manual',
    phase: 'Running',
    status: { stateChangeRequests: stop('one') },
    expected: false,
  },
  {
    runStrategy: 'Manual',
    phase: 'Running',
    status: { stateChangeRequests: stop('another') },
    expected: true,
  },
  { runStrategy: 'RerunOnFailure', expected: true },
  {
    runStrategy: 'RerunOnFailure',
    status: { runStrategy: 'RerunOnFailure' },
    expected: false,
  },
  { runStrategy: 'RerunOnFailure', phase: 'Failed', expected: true },
  { runStrategy: 'RerunOnFailure', phase: 'Succeeded', expected: false },
  { runStrategy: 'Once', expected: true },
  { runStrategy: 'Once', phase: 'Succeeded', expected: false },
  { runStrategy: 'WaitAsReceiver', expected: false },
])('$runStrategy, instance $phase, $status: $expected', (row) => {
  const virtualMachine: VirtualMachine = {
    spec: { runStrategy: row.runStrategy, template: {} },
    ...(row.status && { status: row.status }),
  }
  const instance =
    row.phase === undefined
      ? undefined
      : {
          metadata: { uid: 'one' },
          spec: { domain: { devices: {} } },
          status: { phase: row.phase },
        }
  expect(isSetToStart(virtualMachine, instance)).toBe(row.expected)
})
