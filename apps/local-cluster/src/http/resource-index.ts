import { resourceIdOf } from '../store/keys.ts'
import type { ResourceDefinition } from '../registry.ts'

/** Finds definitions by what requests name. */
export interface ResourceIndex {
  readonly all: readonly ResourceDefinition[]
  find: (group: string, resource: string) => ResourceDefinition | undefined
  /** By resource id: `plural` or `plural.group`. */
  byId: (id: string) => ResourceDefinition | undefined
  /** Counts the changes of what is served, for what is derived from it. */
  readonly generation: number
}

/** The kinds of the server, and those that definitions add while it runs. */
export class ResourceRegistry implements ResourceIndex {
  readonly #builtIn: readonly ResourceDefinition[]
  readonly #builtInIds: ReadonlySet<string>
  #all: readonly ResourceDefinition[]
  #byId: Map<string, ResourceDefinition>
  #generation = 0

  constructor(builtIn: readonly ResourceDefinition[]) {
    this.#builtIn = builtIn
    this.#builtInIds = new Set(builtIn.map(resourceIdOf))
    this.#all = builtIn
    this.#byId = indexed(builtIn)
  }

  get all(): readonly ResourceDefinition[] {
    return this.#all
  }

  get generation(): number {
    return this.#generation
  }

  find(group: string, resource: string): ResourceDefinition | undefined {
    return this.#byId.get(resourceIdOf({ group, resource }))
  }

  byId(id: string): ResourceDefinition | undefined {
    return this.#byId.get(id)
  }

  /** Serves these kinds besides those that are there anyway. */
  serve(definitions: readonly ResourceDefinition[]): void {
    const added = definitions.filter(
      (definition) => !this.#builtInIds.has(resourceIdOf(definition)),
    )
    if (added.length === 0 && this.#all.length === this.#builtIn.length) return
    this.#all = [...this.#builtIn, ...added]
    this.#byId = indexed(this.#all)
    this.#generation += 1
  }

  /** Whether a kind was added while the server ran. */
  isAdded(group: string, resource: string): boolean {
    const id = resourceIdOf({ group, resource })
    return this.#byId.has(id) && !this.#builtInIds.has(id)
  }
}

const indexed = (definitions: readonly ResourceDefinition[]): Map<string, ResourceDefinition> =>
  new Map(definitions.map((definition) => [resourceIdOf(definition), definition]))

export function apiVersionOf(definition: ResourceDefinition, version?: string): string {
  const served = version ?? definition.versions[0] ?? ''
  return definition.group === '' ? served : `${definition.group}/${served}`
}
