import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { expect, test } from 'vitest'
import { containersOf, defaultContainerOf } from './containers-of.ts'
import { podProblemsOf } from './pod-problems.ts'

type State = NonNullable<
  NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number]['state']
>

const pod = (state: State, extra: Pod = {}): Pod => ({
  metadata: { annotations: { 'kubectl.kubernetes.io/default-container': 'compute' } },
  spec: {
    initContainers: [{ name: 'disk', image: 'registry/disk' }],
    containers: [{ name: 'log' }, { name: 'compute', image: 'registry/launcher' }],
  },
  status: {
    containerStatuses: [
      {
        name: 'compute',
        image: '',
        imageID: '',
        ready: false,
        restartCount: 2,
        lastState: { terminated: { exitCode: 1 } },
        state,
      },
    ],
  },
  ...extra,
})

test('F-44 containers come with how they are, in the order in which they start', () => {
  expect(containersOf(pod({ running: {} }))).toMatchObject([
    { name: 'disk', isInit: true, state: 'unknown', hasPrevious: false },
    { name: 'log', isInit: false, image: '' },
    { name: 'compute', state: 'running', restarts: 2, hasPrevious: true },
  ])
})

test('F-44 the container that is meant is the annotated one, or the first', () => {
  expect(defaultContainerOf(pod({}))).toBe('compute')
  const metadata = { annotations: { 'kubectl.kubernetes.io/default-container': 'gone' } }
  expect(defaultContainerOf(pod({}, { metadata }))).toBe('log')
  expect(defaultContainerOf({})).toBe('')
})

test.each<[string, State, object[]]>([
  ['runs', { running: {} }, []],
  ['waits its turn', { waiting: { reason: 'PodInitializing' } }, []],
  ['is done', { terminated: { exitCode: 0, reason: 'Completed' } }, []],
  [
    'has no image',
    { waiting: { reason: 'ErrImagePull', message: 'manifest unknown' } },
    [
      {
        code: 'imagePull',
        reason: 'ErrImagePull',
        message: 'manifest unknown',
        container: 'compute',
        image: 'registry/launcher',
      },
    ],
  ],
  [
    'waits before it pulls',
    { waiting: { reason: 'ImagePullBackOff' } },
    [{ code: 'imagePull' }],
  ],
  ['has a wrong name', { waiting: { reason: 'InvalidImageName' } }, [{ code: 'imageName' }]],
  ['crashes', { waiting: { reason: 'CrashLoopBackOff' } }, [{ code: 'crashLoop' }]],
  [
    'was too large',
    { terminated: { exitCode: 137, reason: 'OOMKilled' } },
    [{ code: 'outOfMemory' }],
  ],
  ['failed', { terminated: { exitCode: 3, reason: 'Error' } }, [{ code: 'other' }]],
])('F-90 a container that %s', (_what, state, expected) => {
  expect(podProblemsOf(pod(state))).toMatchObject(expected)
  expect(podProblemsOf(pod(state))).toHaveLength(expected.length)
})

test('F-90 a pod without a node', () => {
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message: '0/2 nodes are available',
  }
  expect(podProblemsOf({ status: { conditions: [condition] } })).toEqual([
    { code: 'unschedulable', reason: 'Unschedulable', message: '0/2 nodes are available' },
  ])
})
