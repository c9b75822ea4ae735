import { resourceIdOf } from '../store/keys.ts'
import type { ResourceDefinition } from '../registry.ts'

/** Finds definitions by what requests name. */
export interface ResourceIndex {
  all: readonly ResourceDefinition[]
  find: (group: string, resource: string) => ResourceDefinition | undefined
  /** By resource id: `plural` or `plural.group`. */
  byId: (id: string) => ResourceDefinition | undefined
}

export function resourceIndex(definitions: readonly ResourceDefinition[]): ResourceIndex {
  const byId = new Map(definitions.map((definition) => [resourceIdOf(definition), definition]))
  return {
    all: definitions,
    find: (group, resource) => byId.get(resourceIdOf({ group, resource })),
    byId: (id) => byId.get(id),
  }
}

export function apiVersionOf(definition: ResourceDefinition, version?: string): string {
  const served = version ?? definition.versions[0] ?? ''
  return definition.group === '' ? served : `${definition.group}/${served}`
}
