import type { V1beta1DataVolume as DataVolume } from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
import type {
  V1VirtualMachine as VirtualMachine,
  V1VirtualMachineInstance as VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { expect, test } from 'vitest'
import { printableStatus, type PrintableStatus } from './printable-status.ts'

interface Row {
  expected: PrintableStatus
  when: string
  runStrategy?: string
  deleting?: boolean
  status?: VirtualMachine['status']
  instance?: VirtualMachineInstance['status'] & { deleting?: boolean }
  dataVolume?: DataVolume['status']
  claimPhase?: string
}

const SYNCHRONIZED = (reason: string) => ({
  phase: 'Pending',
  conditions: [{ type: 'Synchronized', status: 'False', reason }],
})
const UNSCHEDULABLE = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }]
const PAUSED = [{ type: 'Paused', status: 'True' }]
const IMPORT_ERROR = [{ type: 'Running', status: 'False', reason: 'Error' }]

const ROWS: Row[] = [
  { expected: 'Stopped', when: 'there is no instance', runStrategy: 'Halted' },
  { expected: 'Terminating', when: 'the VM is being deleted', deleting: true },
  {
    expected: 'Terminating',
    when: 'VM and instance are being deleted',
    deleting: true,
    instance: { phase: 'Running', deleting: true },
  },
  {
    expected: 'Stopping',
    when: 'the instance is being deleted',
    instance: { phase: 'Running', deleting: true },
  },
  {
    expected: 'Stopped',
    when: 'the deleted instance has ended',
    runStrategy: 'Halted',
    instance: { phase: 'Succeeded', deleting: true },
  },
  {
    expected: 'Migrating',
    when: 'a migration has started',
    instance: { phase: 'Running', migrationState: { startTimestamp: '2026-01-01T00:00:00Z' } },
  },
  {
    expected: 'Running',
    when: 'the migration is over',
    instance: {
      phase: 'Running',
      migrationState: { startTimestamp: 'a', endTimestamp: 'b' },
    },
  },
  {
    expected: 'Paused',
    when: 'a running instance is paused',
    instance: { phase: 'Running', conditions: PAUSED },
  },
  { expected: 'Running', when: 'the instance runs', instance: { phase: 'Running' } },
  {
    expected: 'ErrorPvcNotFound',
    when: 'a PVC is missing',
    instance: SYNCHRONIZED('FailedPvcNotFound'),
  },
  {
    expected: 'DataVolumeError',
    when: 'an import fails again and again',
    dataVolume: { phase: 'ImportInProgress', conditions: IMPORT_ERROR },
    claimPhase: 'Bound',
  },
  {
    expected: 'DataVolumeError',
    when: 'a DataVolume failed for good',
    dataVolume: { phase: 'Failed' },
    claimPhase: 'Bound',
  },
  {
    expected: 'ErrorUnschedulable',
    when: 'no node takes the pod',
    instance: { phase: 'Scheduling', conditions: UNSCHEDULABLE },
  },
  {
    expected: 'Provisioning',
    when: 'a DataVolume is being filled',
    dataVolume: { phase: 'ImportInProgress' },
    claimPhase: 'Bound',
  },
  {
    expected: 'Provisioning',
    when: 'a stopped VM has a DataVolume being filled',
    runStrategy: 'Halted',
    dataVolume: { phase: 'ImportInProgress' },
    claimPhase: 'Bound',
  },
  {
    expected: 'WaitingForVolumeBinding',
    when: 'the claim is not bound and the VM shall start',
    dataVolume: { phase: 'WaitForFirstConsumer' },
    claimPhase: 'Pending',
  },
  {
    expected: 'Stopped',
    when: 'the claim is not bound and the VM shall not start',
    runStrategy: 'Halted',
    dataVolume: { phase: 'WaitForFirstConsumer' },
    claimPhase: 'Pending',
  },
  {
    expected: 'ErrImagePull',
    when: 'an image cannot be pulled',
    instance: { ...SYNCHRONIZED('ErrImagePull'), phase: 'Scheduling' },
  },
  {
    expected: 'ImagePullBackOff',
    when: 'pulling an image is retried later',
    instance: { ...SYNCHRONIZED('ImagePullBackOff'), phase: 'Scheduling' },
  },
  { expected: 'Starting', when: 'the instance is new', instance: {} },
  { expected: 'Starting', when: 'the instance is pending', instance: { phase: 'Pending' } },
  {
    expected: 'Starting',
    when: 'the instance is on its node',
    instance: { phase: 'Scheduled' },
  },
  {
    expected: 'CrashLoopBackOff',
    when: 'starts failed',
    status: { startFailure: { consecutiveFailCount: 2 } },
  },
  {
    expected: 'Stopped',
    when: 'starts failed but it shall not start',
    runStrategy: 'Halted',
    status: { startFailure: { consecutiveFailCount: 2 } },
  },
  {
    expected: 'Stopped',
    when: 'it ended and is not run again',
    runStrategy: 'Once',
    instance: { phase: 'Succeeded' },
  },
  {
    expected: 'WaitingForReceiver',
    when: 'it waits to be received',
    instance: { phase: 'WaitingForSync' },
  },
  { expected: 'Unknown', when: 'the phase is unknown', instance: { phase: 'Unknown' } },
]

test.each(ROWS)('$expected when $when', (row) => {
  const { deleting, ...instanceStatus } = row.instance ?? {}
  const deletionTimestamp = '2026-01-01T00:00:00Z'
  const virtualMachine: VirtualMachine = {
    metadata: { name: 'a', ...(row.deleting && { deletionTimestamp }) },
    spec: {
      runStrategy: row.runStrategy ?? 'Always',
      template: {
        spec: {
          domain: { devices: {} },
          volumes: row.dataVolume ? [{ name: 'disk', dataVolume: { name: 'disk' } }] : [],
        },
      },
    },
    ...(row.status && { status: row.status }),
  }
  const instance: VirtualMachineInstance | undefined = row.instance && {
    metadata: { name: 'a', ...(deleting && { deletionTimestamp }) },
    spec: { domain: { devices: {} } },
    status: instanceStatus,
  }
  const status = printableStatus({
    virtualMachine,
    instance,
    dataVolume: (name) =>
      row.dataVolume && { metadata: { name }, spec: {}, status: row.dataVolume },
    claim: (name) =>
      row.claimPhase === undefined
        ? undefined
        : { metadata: { name }, status: { phase: row.claimPhase } },
  })
  expect(status).toBe(row.expected)
})
