/** Names one stored object: resource id (`plural` or `plural.group`), namespace ('' if none), name. */
export interface StoreKey {
  resource: string
  namespace: string
  name: string
}

/** `virtualmachines.kubevirt.io`, or `pods` for the core group. */
export function resourceIdOf(kind: { group: string; resource: string }): string {
  return kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`
}

/**
 * The database key. Keys sort like etcd's (`/registry/<resource>/<namespace>/<name>`), so lists
 * have the order that clients of a real API server see.
 */
export function storeKey({ resource, namespace, name }: StoreKey): string {
  return namespace === '' ? `${resource}/${name}` : `${resource}/${namespace}/${name}`
}

export interface KeyRange {
  start: string
  /** Exclusive. */
  end: string
}

/** All objects of a resource, or those of one namespace. `0` is the character behind `/`. */
export function rangeOf(resource: string, namespace = ''): KeyRange {
  const prefix = namespace === '' ? resource : `${resource}/${namespace}`
  return { start: `${prefix}/`, end: `${prefix}0` }
}
