import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../registry.ts'
import type { ObjectStore } from '../store/object-store.ts'

const NAMESPACES = { group: '', resource: 'namespaces' }

/** Throws 404 when the namespace is missing, 403 when it is being deleted. */
export function requireActiveNamespace(
  store: ObjectStore,
  definition: ResourceDefinition,
  namespace: string,
  name: string,
): void {
  const json = store.latest({ resource: 'namespaces', namespace: '', name: namespace })
  if (json === undefined) throw statusErrors.notFound(NAMESPACES, namespace)
  if (!json.includes('"deletionTimestamp"')) return
  const object = JSON.parse(json) as KubernetesObject
  if (object.metadata?.deletionTimestamp === undefined) return
  const error = statusErrors.forbidden(
    definition,
    name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
  )
  const message = `namespace ${namespace} is being terminated`
  error.status.details = {
    ...error.status.details,
    causes: [{ reason: 'NamespaceTerminating', message, field: 'metadata.namespace' }],
  }
  throw error
}
