import { statusErrors, type KubernetesObject, type ObjectMeta } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../registry.ts'
import { apiVersionOf } from './resource-index.ts'

/** Metadata that only the server writes: an update keeps the old values. */
const SERVER_OWNED = [
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generateName',
] as const satisfies (keyof ObjectMeta)[]

/** The object an update leads to: of the changed one, what this endpoint lets clients change. */
export function nextState(options: {
  definition: ResourceDefinition
  old: KubernetesObject
  changed: KubernetesObject
  subresource: string | undefined
  /** Whether spec and status are both written. */
  internal: boolean
}): KubernetesObject {
  const { definition, old, changed, subresource, internal } = options
  const type = { apiVersion: apiVersionOf(definition), kind: definition.kind }
  if (subresource === 'status') {
    const { labels, annotations, managedFields } = changed.metadata ?? {}
    const metadata: Record<string, unknown> = { ...old.metadata, managedFields }
    // Built-in kinds take labels and annotations along with the status, custom ones do not.
    if (!definition.custom) Object.assign(metadata, { labels, annotations })
    const { status: _, ...rest } = old
    const status = changed.status === undefined ? {} : { status: changed.status }
    return { ...rest, ...type, metadata: clean(metadata), ...status }
  }
  const metadata: Record<string, unknown> = { ...changed.metadata }
  for (const field of SERVER_OWNED) metadata[field] = old.metadata?.[field]
  checkFinalizers(definition, old, changed)
  const object: KubernetesObject = { ...changed, ...type, metadata: clean(metadata) }
  if (definition.hasStatus && !internal) {
    if (old.status === undefined) delete object.status
    else object.status = old.status
  }
  return object
}

function clean(metadata: Record<string, unknown>): ObjectMeta {
  for (const key of Object.keys(metadata)) if (metadata[key] === undefined) delete metadata[key]
  return metadata
}

/** An object that is being deleted may lose finalizers, not gain any. */
function checkFinalizers(
  definition: ResourceDefinition,
  old: KubernetesObject,
  changed: KubernetesObject,
): void {
  if (old.metadata?.deletionTimestamp === undefined) return
  const had = new Set(old.metadata.finalizers ?? [])
  const added = (changed.metadata?.finalizers ?? []).filter((name) => !had.has(name))
  if (added.length === 0) return
  const list = added.map((name) => JSON.stringify(name)).join(', ')
  throw statusErrors.invalid(definition, old.metadata.name ?? '', [
    {
      reason: 'FieldValueForbidden',
      message: `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`,
      field: 'metadata.finalizers',
    },
  ])
}

/** Whether an object's deletion has begun and nothing holds it any more. */
export function isFinished(definition: ResourceDefinition, object: KubernetesObject): boolean {
  const {
    deletionTimestamp,
    deletionGracePeriodSeconds = 0,
    finalizers = [],
  } = object.metadata ?? {}
  return (
    deletionTimestamp !== undefined &&
    deletionGracePeriodSeconds === 0 &&
    finalizers.length === 0 &&
    (definition.extraFinalizers?.(object) ?? []).length === 0
  )
}
