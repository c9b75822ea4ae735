import { expect, test } from 'vitest'
import { contentConditions } from './conditions.ts'

const NOW = '2026-01-01T00:00:00Z'
const nothing = {
  discoveryFailures: new Map<string, string>(),
  deletionFailures: [],
  remaining: new Map<string, number>(),
  finalizers: new Map<string, number>(),
}

test('an empty namespace has nothing left to say', () => {
  const conditions = contentConditions(nothing, [], NOW)
  expect(conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`)).toEqual([
    'NamespaceDeletionDiscoveryFailure=False ResourcesDiscovered',
    'NamespaceDeletionGroupVersionParsingFailure=False ParsedGroupVersions',
    'NamespaceDeletionContentFailure=False ContentDeleted',
    'NamespaceContentRemaining=False ContentRemoved',
    'NamespaceFinalizersRemaining=False ContentHasNoFinalizers',
  ])
})

test('says in the words of kube-controller-manager what is left', () => {
  const conditions = contentConditions(
    {
      discoveryFailures: new Map([['metrics.k8s.io/v1beta1', 'unavailable']]),
      deletionFailures: ['no'],
      remaining: new Map([
        ['virtualmachines.kubevirt.io', 2],
        ['pods.', 1],
      ]),
      finalizers: new Map([['test/hold', 2]]),
    },
    [],
    NOW,
  )
  const messages = conditions.filter(({ status }) => status === 'True')
  expect(messages.map(({ reason, message }) => [reason, message])).toEqual([
    [
      'DiscoveryFailed',
      'Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: unavailable',
    ],
    ['ContentDeletionFailed', 'Failed to delete all resource types, 1 remaining: no'],
    [
      'SomeResourcesRemain',
      'Some resources are remaining: pods. has 1 resource instances, virtualmachines.kubevirt.io has 2 resource instances',
    ],
    [
      'SomeFinalizersRemain',
      'Some content in the namespace has finalizers remaining: test/hold in 2 resource instances',
    ],
  ])
})

test('a condition keeps its time until its status changes', () => {
  const before = contentConditions(nothing, [], NOW)
  const later = '2026-01-01T00:01:00Z'
  const finalizers = new Map([['test/hold', 1]])
  const conditions = contentConditions({ ...nothing, finalizers }, before, later)
  expect(conditions.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([
    NOW,
    NOW,
    NOW,
    NOW,
    later,
  ])
})
