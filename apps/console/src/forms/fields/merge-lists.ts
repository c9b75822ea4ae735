import type { ListedObjects } from './use-listed-objects.ts'

/** Two lists to choose from as one; it lacks what the user may not read of them. */
export function mergeLists(first: ListedObjects, second: ListedObjects): ListedObjects {
  const isSettled = (list: ListedObjects) => list.isComplete || list.error !== undefined
  return {
    objects: [...first.objects, ...second.objects],
    names: [...first.names, ...second.names],
    isComplete: isSettled(first) && isSettled(second),
    isTruncated: first.isTruncated || second.isTruncated,
    error: first.error && second.error,
  }
}
