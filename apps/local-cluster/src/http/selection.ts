import {
  matchesFields,
  matchesLabels,
  parseFieldSelector,
  parseLabelSelector,
  statusErrors,
  type FieldRequirement,
  type KubernetesObject,
} from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../registry.ts'

/** Which objects of a kind a list or watch wants. */
export interface Selection {
  /** The only name that can match. */
  name: string | undefined
  /** Undefined when every object (of that name) matches, so that none needs to be parsed. */
  matches: ((object: KubernetesObject) => boolean) | undefined
}

function parsed<T>(parse: (text: string) => T, text: string): T {
  try {
    return parse(text)
  } catch (error) {
    throw statusErrors.badRequest(error instanceof Error ? error.message : String(error))
  }
}

/** Reads `labelSelector` and `fieldSelector`; throws 400 for bad ones. */
export function selectionOf(definition: ResourceDefinition, url: URL): Selection {
  const labels = parsed(parseLabelSelector, url.searchParams.get('labelSelector') ?? '')
  const fields = parsed(parseFieldSelector, url.searchParams.get('fieldSelector') ?? '')
  for (const { path } of fields) checkField(definition, path)
  const byName = fields.find(({ path, equal }) => path === 'metadata.name' && equal)
  const others = fields.filter((field) => field !== byName)
  const all = labels.length === 0 && others.length === 0
  return {
    name: byName?.value,
    matches: all
      ? undefined
      : (object) =>
          matchesLabels(labels, object.metadata?.labels) &&
          matchesFields(others, (path) => fieldValue(definition, object, path)),
  }
}

function checkField(definition: ResourceDefinition, path: FieldRequirement['path']): void {
  const { custom, namespaced, selectableFields } = definition
  if (path === 'metadata.name') return
  if (path === 'metadata.namespace' && (namespaced || !custom)) return
  if (selectableFields?.[path] !== undefined) return
  // Kinds that know fields of their own have words of their own.
  throw statusErrors.badRequest(
    custom || selectableFields !== undefined
      ? `field label not supported: ${path}`
      : `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
  )
}

function fieldValue(
  { selectableFields }: ResourceDefinition,
  object: KubernetesObject,
  path: string,
): string {
  if (path === 'metadata.name') return object.metadata?.name ?? ''
  if (path === 'metadata.namespace') return object.metadata?.namespace ?? ''
  return selectableFields?.[path]?.(object) ?? ''
}
