import { expect, test } from 'vitest'
import type { Pod, VirtualMachineInstance } from '../informers.ts'
import { decideInstance } from './decision.ts'
import type { VolumesState } from './volumes.ts'

const NOW = new Date('2026-01-01T00:00:00Z')
const DELETED = { deletionTimestamp: '2026-01-01T00:00:00Z' }

function podOf(
  phase: string,
  options: { deleting?: boolean; waiting?: string; unschedulable?: string } = {},
): Pod {
  const { deleting, waiting, unschedulable } = options
  const running = { running: { startedAt: 'now' } }
  return {
    metadata: { name: 'launcher', uid: 'pod', ...(deleting && DELETED) },
    spec: { nodeName: 'node01', containers: [] },
    status: {
      phase,
      containerStatuses: [
        {
          name: 'compute',
          image: '',
          imageID: '',
          restartCount: 0,
          ready: false,
          state: running,
        },
        {
          name: 'volumeroot',
          image: '',
          imageID: '',
          restartCount: 0,
          ready: waiting === undefined,
          state: waiting ? { waiting: { reason: waiting, message: 'no such image' } } : running,
        },
      ],
      ...(unschedulable && {
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: unschedulable,
          },
        ],
      }),
    },
  }
}

interface Row {
  when: string
  phase: string
  deleting?: boolean
  pod?: Pod
  volumes?: VolumesState
  expected: {
    phase?: string
    createPod?: boolean
    deletePod?: boolean
    released?: boolean
    nodeName?: string
    /** Reasons of its conditions. */
    reasons?: string[]
  }
}

test.each<Row>([
  { when: 'it is new', phase: 'Pending', expected: { createPod: true } },
  {
    when: 'its volumes are being filled',
    phase: 'Pending',
    volumes: { state: 'waiting' },
    expected: {},
  },
  {
    when: 'a claim is missing',
    phase: 'Pending',
    volumes: { state: 'missing', claimName: 'c' },
    expected: { reasons: ['FailedPvcNotFound'] },
  },
  {
    when: 'a volume will never be filled',
    phase: 'Pending',
    volumes: { state: 'failed' },
    expected: { phase: 'Failed', reasons: ['PodNotExists'] },
  },
  {
    when: 'it has its pod',
    phase: 'Pending',
    pod: podOf('Pending'),
    expected: { phase: 'Scheduling', reasons: ['GuestNotRunning'] },
  },
  {
    when: 'it is deleted before it has a pod',
    phase: 'Pending',
    deleting: true,
    expected: { phase: 'Failed', reasons: ['PodNotExists'] },
  },
  {
    when: 'no node takes the pod',
    phase: 'Scheduling',
    pod: podOf('Pending', { unschedulable: '0/1 nodes are available' }),
    expected: { reasons: ['Unschedulable', 'GuestNotRunning'] },
  },
  {
    when: 'an image is missing',
    phase: 'Scheduling',
    pod: podOf('Pending', { waiting: 'ErrImagePull' }),
    expected: { reasons: ['ErrImagePull', 'GuestNotRunning'] },
  },
  {
    when: 'the pod runs',
    phase: 'Scheduling',
    pod: podOf('Running'),
    expected: { phase: 'Scheduled', nodeName: 'node01', reasons: ['GuestNotRunning'] },
  },
  {
    when: 'the pod failed',
    phase: 'Scheduling',
    pod: podOf('Failed'),
    expected: { phase: 'Failed', reasons: ['PodTerminating'] },
  },
  {
    when: 'somebody deleted the pod',
    phase: 'Scheduling',
    expected: { phase: 'Failed', reasons: ['PodNotExists'] },
  },
  {
    when: 'it is deleted before it was handed over',
    phase: 'Scheduling',
    deleting: true,
    pod: podOf('Pending'),
    expected: { deletePod: true, reasons: ['GuestNotRunning'] },
  },
  {
    when: 'it is deleted while it runs: the node shuts it down',
    phase: 'Running',
    deleting: true,
    pod: podOf('Running'),
    expected: {},
  },
  {
    when: 'its pod vanished while it ran',
    phase: 'Running',
    expected: { phase: 'Failed', reasons: ['PodNotExists'] },
  },
  {
    when: 'it has ended and nobody deletes it',
    phase: 'Succeeded',
    pod: podOf('Succeeded'),
    expected: { reasons: ['PodTerminating'] },
  },
  {
    when: 'it has ended and is deleted',
    phase: 'Succeeded',
    deleting: true,
    pod: podOf('Succeeded'),
    expected: { deletePod: true, reasons: ['PodTerminating'] },
  },
  {
    when: 'nothing is left of it',
    phase: 'Failed',
    deleting: true,
    expected: { released: true, reasons: ['PodNotExists'] },
  },
])('$when', ({ phase, deleting, pod, volumes = { state: 'ready' }, expected }) => {
  const instance: VirtualMachineInstance = {
    metadata: { namespace: 'n', name: 'a', uid: 'one', ...(deleting && DELETED) },
    spec: { domain: { devices: {} } },
    status: { phase },
  }
  const decision = decideInstance({ instance, pod, volumes, now: NOW })
  expect({
    phase: decision.status.phase,
    createPod: decision.createPod,
    deletePod: decision.deletePod,
    released: decision.released,
    nodeName: decision.nodeName,
    reasons: decision.status.conditions?.map(({ reason }) => reason),
  }).toEqual({
    phase: undefined,
    createPod: false,
    deletePod: false,
    released: false,
    nodeName: undefined,
    reasons: [],
    ...expected,
  })
})
