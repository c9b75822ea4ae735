import { describe, expect, it } from 'vitest'
import type { Node, Pod } from './informers.ts'
import { chooseNode, obstacleOf, unschedulableMessage, type NodeState } from './scheduling.ts'

const node = (name: string, spec: Node['spec'] = {}, ready = 'True'): Node => ({
  metadata: { name, labels: { 'kubernetes.io/hostname': name, zone: 'a' } },
  spec,
  status: {
    allocatable: { cpu: '2', memory: '4Gi', pods: '110' },
    conditions: [{ type: 'Ready', status: ready }],
  },
})

const state = (each: Node, memory = 0): NodeState => ({
  node: each,
  requested: { memory },
  pods: 1,
})

const pod = (spec: Partial<NonNullable<Pod['spec']>> = {}, memory = '1Gi'): Pod => ({
  metadata: { name: 'p' },
  spec: {
    containers: [{ name: 'compute', resources: { requests: { memory } } }],
    ...spec,
  },
})

const affinity = (operator: string, values: string[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator, values }] }],
      },
    },
  },
})

const maintenance = { key: 'medik8s.io/drain', effect: 'NoSchedule' }

describe('obstacleOf', () => {
  it.each<[string, Pod, NodeState, string | undefined]>([
    ['fits', pod(), state(node('n')), undefined],
    [
      'is cordoned',
      pod(),
      state(node('n', { unschedulable: true })),
      'node(s) were unschedulable',
    ],
    ['is not ready', pod(), state(node('n', {}, 'False')), 'node(s) were not ready'],
    [
      'is tainted',
      pod(),
      state(node('n', { taints: [maintenance] })),
      'node(s) had untolerated taint {medik8s.io/drain: }',
    ],
    [
      'tolerates the taint',
      pod({ tolerations: [{ key: 'medik8s.io/drain', operator: 'Exists' }] }),
      state(node('n', { taints: [maintenance] })),
      undefined,
    ],
    [
      'selects another',
      pod({ nodeSelector: { zone: 'b' } }),
      state(node('n')),
      "node(s) didn't match Pod's node affinity/selector",
    ],
    ['has the affinity', pod(affinity('In', ['a'])), state(node('n')), undefined],
    [
      'lacks the affinity',
      pod(affinity('NotIn', ['a'])),
      state(node('n')),
      "node(s) didn't match Pod's node affinity/selector",
    ],
    ['is full', pod(), state(node('n'), 3.5 * 1024 ** 3), 'Insufficient memory'],
    ['lacks a device', pod({}, '1Ti'), state(node('n')), 'Insufficient memory'],
  ])('%s', (_name, wanted, where, expected) => {
    expect(obstacleOf(wanted, where)).toBe(expected)
  })
})

describe('chooseNode', () => {
  it('takes the one with the most memory left', () => {
    const states = [state(node('a'), 2 * 1024 ** 3), state(node('b'), 1024 ** 3)]
    expect(chooseNode(pod(), states)?.node.metadata?.name).toBe('b')
  })
})

describe('unschedulableMessage', () => {
  it('counts the reasons', () => {
    const states = [state(node('a', { unschedulable: true })), state(node('b'), 4 * 1024 ** 3)]
    expect(unschedulableMessage(pod(), states)).toMatch(
      /^0\/2 nodes are available: 1 Insufficient memory, 1 node\(s\) were unschedulable\./,
    )
  })
})
