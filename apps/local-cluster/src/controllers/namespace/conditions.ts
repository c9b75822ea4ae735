import type { Namespace } from '../informers.ts'

type Condition = NonNullable<NonNullable<Namespace['status']>['conditions']>[number]

/** What one pass over a namespace's content has found. */
export interface ContentLeft {
  /** Groups that could not be discovered, with why. */
  discoveryFailures: ReadonlyMap<string, string>
  /** Why content could not be deleted. */
  deletionFailures: readonly string[]
  /** Objects that are still there, by `plural.group`. */
  remaining: ReadonlyMap<string, number>
  /** Finalizers that hold objects, with how many each. */
  finalizers: ReadonlyMap<string, number>
}

type Wanted = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>

/**
 * Why a namespace is still there, in the words of kube-controller-manager. Conditions that never
 * were a problem are left out there too once they are False; here all are always said.
 */
export function contentConditions(
  left: ContentLeft,
  before: readonly Condition[] = [],
  now: string,
): Condition[] {
  return [
    discoveryFailure(left),
    {
      type: 'NamespaceDeletionGroupVersionParsingFailure',
      status: 'False',
      reason: 'ParsedGroupVersions',
      message: 'All legacy kube types successfully parsed',
    },
    deletionFailure(left),
    remaining(left),
    finalizersRemaining(left),
  ].map((condition) => {
    const old = before.find(({ type }) => type === condition.type)
    const lastTransitionTime =
      old?.status === condition.status ? (old.lastTransitionTime ?? now) : now
    return { ...condition, lastTransitionTime }
  })
}

function discoveryFailure({ discoveryFailures }: ContentLeft): Wanted {
  const type = 'NamespaceDeletionDiscoveryFailure'
  if (discoveryFailures.size === 0) {
    const message = 'All resources successfully discovered'
    return { type, status: 'False', reason: 'ResourcesDiscovered', message }
  }
  const failed = [...discoveryFailures].map(([group, why]) => `${group}: ${why}`).toSorted()
  const message = `Discovery failed for some groups, ${failed.length} failing: unable to retrieve the complete list of server APIs: ${failed.join(', ')}`
  return { type, status: 'True', reason: 'DiscoveryFailed', message }
}

function deletionFailure({ deletionFailures }: ContentLeft): Wanted {
  const type = 'NamespaceDeletionContentFailure'
  if (deletionFailures.length === 0) {
    const message = 'All content successfully deleted, may be waiting on finalization'
    return { type, status: 'False', reason: 'ContentDeleted', message }
  }
  const list = deletionFailures.toSorted().join(', ')
  const message = `Failed to delete all resource types, ${deletionFailures.length} remaining: ${list}`
  return { type, status: 'True', reason: 'ContentDeletionFailed', message }
}

function remaining({ remaining }: ContentLeft): Wanted {
  const type = 'NamespaceContentRemaining'
  if (remaining.size === 0) {
    const message = 'All content successfully removed'
    return { type, status: 'False', reason: 'ContentRemoved', message }
  }
  const list = [...remaining]
    .map(([resource, count]) => `${resource} has ${count} resource instances`)
    .toSorted()
  const message = `Some resources are remaining: ${list.join(', ')}`
  return { type, status: 'True', reason: 'SomeResourcesRemain', message }
}

function finalizersRemaining({ finalizers }: ContentLeft): Wanted {
  const type = 'NamespaceFinalizersRemaining'
  if (finalizers.size === 0) {
    const message = 'All content-preserving finalizers finished'
    return { type, status: 'False', reason: 'ContentHasNoFinalizers', message }
  }
  const list = [...finalizers]
    .map(([finalizer, count]) => `${finalizer} in ${count} resource instances`)
    .toSorted()
  const message = `Some content in the namespace has finalizers remaining: ${list.join(', ')}`
  return { type, status: 'True', reason: 'SomeFinalizersRemain', message }
}
