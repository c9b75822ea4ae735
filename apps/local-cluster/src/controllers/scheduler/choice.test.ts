import { expect, test } from 'vitest'
import type { Node, Pod } from '../informers.ts'
import type { PlacedPod } from './affinity.ts'
import { chooseNode } from './fit.ts'

function nodeOf(name: string, zone: string | undefined, spec: Node['spec'] = {}): Node {
  return {
    metadata: { name, labels: zone === undefined ? {} : { zone } },
    spec,
    status: {
      allocatable: { cpu: '2', memory: '4Gi', pods: '110' },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  }
}

const labels = { app: 'db' }
const podOf = (spec: Partial<NonNullable<Pod['spec']>>): Pod => ({
  metadata: { name: 'p', namespace: 'n', labels },
  spec: { containers: [], ...spec },
})

const a = nodeOf('a', 'east')
const b = nodeOf('b', 'west')
const choose = (pod: Pod, nodes: Node[], placed: PlacedPod[] = []) =>
  chooseNode(
    pod,
    nodes.map((node) => ({ node, used: new Map() })),
    placed,
  )

const spread: Partial<NonNullable<Pod['spec']>> = {
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: labels },
    },
  ],
}
const onA: PlacedPod = { pod: podOf({}), node: a }

test('pods that are to be spread go where fewer of them are', () => {
  expect(choose(podOf(spread), [a, b], [onA])).toEqual({ node: 'b' })
})

test('says why spreading leaves no node', () => {
  const cordoned = nodeOf('b', 'west', { unschedulable: true })
  expect(choose(podOf(spread), [a, cordoned, nodeOf('c', undefined)], [onA])).toEqual({
    message:
      "0/3 nodes are available: 1 node(s) didn't match pod topology spread constraints, 1 node(s) didn't match pod topology spread constraints (missing required label), 1 node(s) were unschedulable. preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.",
  })
})

const near = { topologyKey: 'zone', labelSelector: { matchLabels: labels } }

test.each<[string, NonNullable<Pod['spec']>['affinity'], string]>([
  [
    'a label',
    {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 1,
            preference: {
              matchExpressions: [{ key: 'zone', operator: 'In', values: ['west'] }],
            },
          },
        ],
      },
    },
    'b',
  ],
  [
    'company',
    {
      podAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, podAffinityTerm: near }],
      },
    },
    'a',
  ],
  [
    'to be alone',
    {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, podAffinityTerm: near }],
      },
    },
    'b',
  ],
])('a pod that prefers %s', (_name, affinity, node) => {
  expect(choose(podOf(affinity ? { affinity } : {}), [b, a], [onA])).toEqual({ node })
  expect(choose(podOf(affinity ? { affinity } : {}), [a, b], [onA])).toEqual({ node })
})

test('a node that asks pods to stay away is the last choice', () => {
  const busy = nodeOf('a', 'east', { taints: [{ key: 'busy', effect: 'PreferNoSchedule' }] })
  expect(choose(podOf({}), [busy, b])).toEqual({ node: 'b' })
  expect(choose(podOf({}), [busy])).toEqual({ node: 'a' })
})
