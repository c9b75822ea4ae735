import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import {
  apiVersionOf,
  statusErrors,
  type KubernetesObject,
  type ResourceRef,
} from '@virtdeck/kubernetes'

export interface StoredKey {
  resource: ResourceRef
  namespace: string
  name: string
}

export interface Change {
  version: number
  resource: ResourceRef
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  object: KubernetesObject
}

interface DeleteOptions {
  propagationPolicy?: string
  preconditions?: { uid?: string; resourceVersion?: string }
}

const textOf = ({ resource, namespace, name }: StoredKey): string =>
  `${resource.resource}.${resource.group}/${namespace}/${name}`

/** Objects with versions, and every change there has been. */
export class FakeStore {
  version = 1
  readonly changes: Change[] = []
  readonly #objects = new Map<string, { resource: ResourceRef; object: KubernetesObject }>()
  readonly #listeners = new Set<() => void>()

  get(key: StoredKey): KubernetesObject | undefined {
    const found = this.#objects.get(textOf(key))
    return found && structuredClone(found.object)
  }

  list({ group, resource }: ResourceRef): KubernetesObject[] {
    return [...this.#objects.values()]
      .filter((entry) => entry.resource.group === group && entry.resource.resource === resource)
      .map(({ object }) => structuredClone(object))
  }

  /** Calls back at every change until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  notify(): void {
    for (const listener of this.#listeners) listener()
  }

  create(key: StoredKey, given: KubernetesObject): KubernetesObject {
    if (this.get(key)) throw statusErrors.alreadyExists(key.resource, key.name)
    const { namespaced, kind } = key.resource
    const object: KubernetesObject = {
      ...structuredClone(given),
      apiVersion: apiVersionOf(key.resource),
      kind,
      metadata: {
        uid: randomUUID(),
        creationTimestamp: new Date().toISOString(),
        generation: 1,
        ...given.metadata,
        ...(namespaced && { namespace: key.namespace }),
      },
    }
    return this.#put(key, object, 'ADDED')
  }

  /** Like PUT: keeps what the server owns, and drops the object when nothing holds it. */
  replace(
    key: StoredKey,
    given: KubernetesObject,
    subresource: string | undefined,
  ): KubernetesObject {
    const old = this.get(key)
    if (!old) throw statusErrors.notFound(key.resource, key.name)
    const { resourceVersion } = given.metadata ?? {}
    if (resourceVersion && resourceVersion !== old.metadata?.resourceVersion) {
      throw statusErrors.conflict(key.resource, key.name)
    }
    const { uid, creationTimestamp, deletionTimestamp, generation = 1 } = old.metadata ?? {}
    const specChanged = !isDeepStrictEqual(given.spec, old.spec) && subresource !== 'status'
    const metadata = {
      ...(subresource === 'status' ? old.metadata : given.metadata),
      ...(uid && { uid }),
      ...(creationTimestamp && { creationTimestamp }),
      ...(deletionTimestamp && { deletionTimestamp }),
      generation: specChanged ? generation + 1 : generation,
      resourceVersion: old.metadata?.resourceVersion ?? '',
    }
    const object =
      subresource === 'status' ? { ...old, status: given.status } : { ...given, metadata }
    const next: KubernetesObject = { ...object, metadata }
    const { finalizers = [] } = next.metadata ?? {}
    const held = finalizers.length > 0 || hasSpecFinalizers(next)
    if (deletionTimestamp && !held) return this.#remove(key, next)
    if (isDeepStrictEqual(next, old)) return old
    return this.#put(key, next, 'MODIFIED')
  }

  delete(
    key: StoredKey,
    { propagationPolicy, preconditions }: DeleteOptions,
  ): KubernetesObject {
    const old = this.get(key)
    if (!old) throw statusErrors.notFound(key.resource, key.name)
    if (preconditions?.uid && preconditions.uid !== old.metadata?.uid) {
      throw statusErrors.conflict(key.resource, key.name, 'the UID does not match')
    }
    const finalizers = [...(old.metadata?.finalizers ?? [])]
    if (propagationPolicy === 'Foreground') finalizers.push('foregroundDeletion')
    if (propagationPolicy === 'Orphan') finalizers.push('orphan')
    if (finalizers.length === 0 && !hasSpecFinalizers(old)) return this.#remove(key, old)
    const deletionTimestamp = old.metadata?.deletionTimestamp ?? new Date().toISOString()
    const metadata = { ...old.metadata, finalizers, deletionTimestamp }
    return this.#put(key, { ...old, metadata }, 'MODIFIED')
  }

  #remove(key: StoredKey, object: KubernetesObject): KubernetesObject {
    this.#objects.delete(textOf(key))
    return this.#record(key, object, 'DELETED')
  }

  #put(key: StoredKey, object: KubernetesObject, type: 'ADDED' | 'MODIFIED') {
    const stored = this.#record(key, object, type)
    this.#objects.set(textOf(key), { resource: key.resource, object: stored })
    return structuredClone(stored)
  }

  #record(key: StoredKey, object: KubernetesObject, type: Change['type']): KubernetesObject {
    this.version += 1
    const metadata = { ...object.metadata, resourceVersion: String(this.version) }
    // Through JSON, as on the wire.
    const stored = JSON.parse(JSON.stringify({ ...object, metadata })) as KubernetesObject
    const { resource } = key
    this.changes.push({ version: this.version, resource, type, object: stored })
    this.notify()
    return stored
  }
}

/** A namespace's finalizers are in its spec. */
function hasSpecFinalizers({ kind, spec }: KubernetesObject): boolean {
  const { finalizers = [] } = (spec ?? {}) as { finalizers?: string[] }
  return kind === 'Namespace' && finalizers.length > 0
}
