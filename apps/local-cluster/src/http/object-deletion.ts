import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import type { ObjectStore } from '../store/object-store.ts'
import type { ObjectWriter, Target } from './object-writer.ts'
import { fromStored, storeKeyOf, toStored } from './stored-form.ts'
import { timestamp } from './timestamps.ts'
import { isFinished } from './update-rules.ts'
import type { WriteOptions } from './write-options.ts'

/** `DeleteOptions`, as body or query. */
export interface DeletionOptions {
  gracePeriodSeconds?: number | undefined
  propagationPolicy?: string | undefined
  preconditions?: { uid?: string; resourceVersion?: string } | undefined
}

export interface Deletion {
  /** The object as it is or was, as stored text. */
  json: string
  object: KubernetesObject
  /** False when a finalizer or a grace period holds the object. */
  removed: boolean
}

export interface DeletionRequest extends Target {
  deletion: DeletionOptions
  options: Pick<WriteOptions, 'user' | 'warn' | 'dryRun'>
}

const FOREGROUND = 'foregroundDeletion'
const ORPHAN = 'orphan'

/** Deletes an object, or marks it as being deleted while something still holds it. */
export async function deleteObject(
  { store, writer }: { store: ObjectStore; writer: ObjectWriter },
  { definition, namespace, name, deletion, options }: DeletionRequest,
): Promise<Deletion> {
  const key = storeKeyOf(definition, namespace, name)
  const json = store.latest(key)
  if (json === undefined) throw statusErrors.notFound(definition, name)
  const old = fromStored(definition, json)
  checkPreconditions({ definition, namespace, name }, old, deletion)
  const { user, warn, dryRun } = options
  definition.admit?.({ operation: 'delete', object: old, user, warn, ...writer.lookups() })

  const object = fromStored(definition, json)
  const metadata = (object.metadata ??= {})
  metadata.finalizers = finalizersFor(metadata.finalizers ?? [], deletion.propagationPolicy)
  const own = definition.deletionGracePeriod
  const grace = own === undefined ? 0 : own(old, deletion.gracePeriodSeconds)
  const external = (definition.extraFinalizers?.(object) ?? []).length > 0
  if (metadata.deletionTimestamp === undefined) {
    metadata.deletionTimestamp = timestamp(Date.now() + grace * 1000)
    if (!external || own !== undefined) metadata.deletionGracePeriodSeconds = grace
    if (metadata.generation !== undefined) metadata.generation += 1
    definition.beginDelete?.(object)
  } else if (own !== undefined && grace < (metadata.deletionGracePeriodSeconds ?? 0)) {
    metadata.deletionTimestamp = timestamp(Date.now() + grace * 1000)
    metadata.deletionGracePeriodSeconds = grace
  }
  const removed = isFinished(definition, object)
  const current = Number(old.metadata?.resourceVersion)
  if (dryRun) return { json, object: old, removed }
  if (removed) {
    await store.write(key, {
      type: 'delete',
      json: (version) => toStored(definition, old, version),
    })
    return { json, object: old, removed }
  }
  const marked = toStored(definition, object, current)
  if (marked === json) return { json, object, removed }
  const change = await store.write(key, {
    type: 'put',
    json: (version) => toStored(definition, object, version),
  })
  return { json: change.json, object, removed }
}

function finalizersFor(finalizers: string[], policy: string | undefined): string[] {
  if (policy === undefined) return finalizers
  const kept = finalizers.filter((name) => name !== FOREGROUND && name !== ORPHAN)
  if (policy === 'Foreground') return [...kept, FOREGROUND]
  return policy === 'Orphan' ? [...kept, ORPHAN] : kept
}

function checkPreconditions(
  { definition, name }: Target,
  { metadata = {} }: KubernetesObject,
  { preconditions = {} }: DeletionOptions,
): void {
  const { uid, resourceVersion } = preconditions
  // Here a real one names the kind, not the resource.
  const kind = { group: definition.custom ? definition.group : '', resource: definition.kind }
  if (uid !== undefined && uid !== metadata.uid) {
    throw statusErrors.conflict(
      kind,
      name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    )
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    throw statusErrors.conflict(
      kind,
      name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    )
  }
}
