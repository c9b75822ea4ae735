import type {
  FacetRow,
  ObjectRow,
  VirtualMachineFacet,
  VirtualMachineRow,
} from '@virtdeck/bff-contract'
import type { ResourceRef } from '@virtdeck/kubernetes'
import { scopeOf, type Credentials } from '../upstream/credentials.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { FacetSource } from './facet-source.ts'
import { MergedSource } from './merged-source.ts'
import { ObjectSource } from './object-source.ts'
import type { RowSource } from './row-source.ts'
import { SharedPool, type Lease } from './shared-pool.ts'
import { FACET_VALUES } from './virtual-machine-facets.ts'
import { VirtualMachineSource } from './virtual-machine-source.ts'

/** Where to look: everywhere, in one namespace, or in those that the user has. */
export type NamespaceScope = undefined | string | readonly string[]

export interface ObjectSelection {
  resource: ResourceRef
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
}

/**
 * The informers of this process: one per resource, selection and identity, started by the
 * first who asks. They run with the user's credentials; a BFF whose service account may read
 * everything would use `own` here and leave the gating to the access checks, which are there.
 */
export class LiveSources {
  readonly #upstream: Upstream
  readonly #virtualMachines = new SharedPool<RowSource<VirtualMachineRow>>()
  readonly #objects = new SharedPool<RowSource<ObjectRow>>()
  readonly #facets = new SharedPool<RowSource<FacetRow>>()

  constructor(upstream: Upstream) {
    this.#upstream = upstream
  }

  virtualMachines(
    credentials: Credentials,
    scope: NamespaceScope,
  ): Lease<RowSource<VirtualMachineRow>> {
    const identity = scopeOf(credentials)
    const single = (namespace: string | undefined) => {
      // Who watches everything already needs no second watch for a part of it.
      const everywhere = this.#virtualMachines.acquireExisting(keyFor(identity, undefined))
      if (everywhere?.value.health.state === 'live') return everywhere
      everywhere?.release()
      const options = { upstream: this.#upstream, credentials, namespace }
      return this.#virtualMachines.acquire(
        keyFor(identity, namespace),
        () => new VirtualMachineSource(options),
      )
    }
    return acquireScope({ pool: this.#virtualMachines, key: keyFor(identity), scope, single })
  }

  /** The values of a facet in a scope, which may be a part of what is watched. */
  virtualMachineFacet(
    credentials: Credentials,
    options: {
      scope: NamespaceScope
      facet: VirtualMachineFacet
      namespace?: string | undefined
    },
  ): Lease<RowSource<FacetRow>> {
    const { scope, facet, namespace } = options
    const places = Array.isArray(scope) ? scope : [scope]
    return this.#facets.acquire(keyFor(scopeOf(credentials), facet, ...places), () => {
      return new FacetSource<VirtualMachineRow>({
        source: this.virtualMachines(credentials, scope),
        matches: (row) => namespace === undefined || row.namespace === namespace,
        valuesOf: FACET_VALUES[facet],
      })
    })
  }

  objects(
    credentials: Credentials,
    { scope, ...selection }: ObjectSelection & { scope: NamespaceScope },
  ): Lease<RowSource<ObjectRow>> {
    const { group, version, resource } = selection.resource
    const { labelSelector, fieldSelector } = selection
    const what = [group, version, resource, labelSelector, fieldSelector]
    const key = keyFor(scopeOf(credentials), ...what)
    const options = { upstream: this.#upstream, credentials, ...selection }
    return acquireScope({
      pool: this.#objects,
      key,
      scope,
      single: (namespace) =>
        this.#objects.acquire(
          keyFor(key, namespace),
          () => new ObjectSource({ ...options, namespace }),
        ),
    })
  }

  /** How many sources run, for the metrics. */
  get size(): number {
    return this.#virtualMachines.size + this.#objects.size
  }

  dispose(): void {
    this.#facets.dispose()
    this.#virtualMachines.dispose()
    this.#objects.dispose()
  }
}

const keyFor = (...parts: (string | undefined)[]) => JSON.stringify(parts)

function acquireScope<T extends { key: string }>(options: {
  pool: SharedPool<RowSource<T>>
  key: string
  scope: NamespaceScope
  single: (namespace: string | undefined) => Lease<RowSource<T>>
}): Lease<RowSource<T>> {
  const { pool, key, scope, single } = options
  if (scope === undefined || typeof scope === 'string') return single(scope)
  const mergedKey = keyFor(key, 'merged', ...scope)
  return pool.acquire(mergedKey, () => new MergedSource(scope.map(single)))
}
