import { expect, test } from 'vitest'
import type { Node, Pod } from '../informers.ts'
import type { PlacedPod } from './affinity.ts'
import { chooseNode } from './fit.ts'

const GIB = 1024 ** 3

function nodeOf(name: string, spec: Node['spec'] = {}, ready = 'True'): Node {
  return {
    metadata: { name, labels: { 'kubernetes.io/hostname': name, zone: 'a' } },
    spec,
    status: {
      allocatable: { cpu: '2', memory: '4Gi', pods: '110' },
      conditions: [{ type: 'Ready', status: ready }],
    },
  }
}

function podOf(spec: Partial<NonNullable<Pod['spec']>> = {}, memory = '1Gi'): Pod {
  return {
    metadata: { name: 'p', namespace: 'n' },
    spec: {
      containers: [{ name: 'compute', resources: { requests: { memory } } }],
      ...spec,
    },
  }
}

const inZone = (operator: string, values: string[]): Partial<NonNullable<Pod['spec']>> => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator, values }] }],
      },
    },
  },
})

const DRAIN = { key: 'medik8s.io/drain', effect: 'NoSchedule' }
const PREFERRED = { key: 'busy', effect: 'PreferNoSchedule' }
const CORDONED = { unschedulable: true }
const TOLERATES_CORDON = { key: 'node.kubernetes.io/unschedulable', operator: 'Exists' }

interface Row {
  when: string
  node?: Node
  used?: number
  pod?: Pod
  /** The reason, or undefined if it fits. */
  refused?: string
  helpless?: boolean
}

test.each<Row>([
  { when: 'there is room' },
  { when: 'cordoned', node: nodeOf('a', CORDONED), refused: 'node(s) were unschedulable' },
  {
    when: 'cordoned and tolerated',
    node: nodeOf('a', CORDONED),
    pod: podOf({ tolerations: [TOLERATES_CORDON] }),
  },
  {
    when: 'not ready, and the taint has not come yet',
    node: nodeOf('a', {}, 'Unknown'),
    refused: 'node(s) had untolerated taint {node.kubernetes.io/not-ready: }',
  },
  {
    when: 'tainted',
    node: nodeOf('a', { taints: [DRAIN] }),
    refused: 'node(s) had untolerated taint {medik8s.io/drain: }',
  },
  {
    when: 'tainted and tolerated',
    node: nodeOf('a', { taints: [DRAIN] }),
    pod: podOf({ tolerations: [{ key: DRAIN.key, operator: 'Exists' }] }),
  },
  {
    when: 'tolerated for another effect only',
    node: nodeOf('a', { taints: [DRAIN] }),
    pod: podOf({
      tolerations: [{ key: DRAIN.key, operator: 'Exists', effect: 'NoExecute' }],
    }),
    refused: 'node(s) had untolerated taint {medik8s.io/drain: }',
  },
  { when: 'only preferred otherwise', node: nodeOf('a', { taints: [PREFERRED] }) },
  {
    when: 'another is selected',
    pod: podOf({ nodeSelector: { zone: 'b' } }),
    refused: "node(s) didn't match Pod's node affinity/selector",
  },
  { when: 'affinity accepts it', pod: podOf(inZone('In', ['a'])) },
  {
    when: 'affinity refuses it',
    pod: podOf(inZone('NotIn', ['a'])),
    refused: "node(s) didn't match Pod's node affinity/selector",
  },
  {
    when: 'others take the room',
    used: 3.5 * GIB,
    refused: 'Insufficient memory',
    helpless: false,
  },
  { when: 'it is too small', pod: podOf({}, '1Ti'), refused: 'Insufficient memory' },
])('$when: $refused', ({ node = nodeOf('a'), used = 0, pod = podOf(), refused, ...row }) => {
  const choice = chooseNode(pod, [{ node, used: new Map([['memory', used]]) }])
  const none = '0/1 nodes are available: '
  const preemption =
    row.helpless === false
      ? '1 No preemption victims found for incoming pod'
      : '1 Preemption is not helpful for scheduling'
  const message = `${none}1 ${refused}. preemption: ${none}${preemption}.`
  expect(choice).toEqual(refused === undefined ? { node: 'a' } : { message })
})

test('takes the node with the most room', () => {
  const candidates = [
    { node: nodeOf('a'), used: new Map([['memory', 2 * GIB]]) },
    { node: nodeOf('b'), used: new Map([['memory', GIB]]) },
  ]
  expect(chooseNode(podOf(), candidates)).toEqual({ node: 'b' })
})

test('counts the reasons of all nodes', () => {
  const candidates = [
    { node: nodeOf('a', CORDONED), used: new Map() },
    { node: nodeOf('b'), used: new Map([['memory', 4 * GIB]]) },
  ]
  expect(chooseNode(podOf(), candidates)).toEqual({
    message:
      '0/2 nodes are available: 1 Insufficient memory, 1 node(s) were unschedulable. ' +
      'preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, ' +
      '1 Preemption is not helpful for scheduling.',
  })
})

test('says when there are no nodes', () => {
  expect(chooseNode(podOf(), [])).toEqual({ message: 'no nodes available to schedule pods' })
})

test('keeps apart what wants to be apart, and together what wants to be together', () => {
  const term = {
    labelSelector: { matchLabels: { app: 'db' } },
    topologyKey: 'kubernetes.io/hostname',
  }
  const rule = { requiredDuringSchedulingIgnoredDuringExecution: [term] }
  const [first, second] = [nodeOf('a'), nodeOf('b')]
  const other: Pod = { metadata: { name: 'o', namespace: 'n', labels: { app: 'db' } } }
  const placed: PlacedPod[] = [{ pod: other, node: first }]
  const candidates = [
    { node: first, used: new Map() },
    { node: second, used: new Map() },
  ]
  expect(
    chooseNode(podOf({ affinity: { podAntiAffinity: rule } }), candidates, placed),
  ).toEqual({
    node: 'b',
  })
  expect(chooseNode(podOf({ affinity: { podAffinity: rule } }), candidates, placed)).toEqual({
    node: 'a',
  })
})
