import { randomInt, randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import type { AdmissionRequest, ResourceDefinition } from '../registry.ts'
import { rangeOf } from '../store/keys.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { runAdmission } from './admission.ts'
import { watchFillingIn } from './managed-fields/filled-in.ts'
import { trackUpdate } from './managed-fields/managed-fields.ts'
import { checkMetadataTypes } from './metadata-rules.ts'
import { requireActiveNamespace } from './namespaces.ts'
import { ObjectIndex } from './object-index.ts'
import { timestamp } from './timestamps.ts'
import { apiVersionOf, type ResourceIndex } from './resource-index.ts'
import { fromStored, storedResource, storeKeyOf, toStored } from './stored-form.ts'
import { isFinished, nextState } from './update-rules.ts'
import type { WriteOptions } from './write-options.ts'

/** One object of a kind. */
export interface Target {
  definition: ResourceDefinition
  namespace: string
  name: string
}

export interface UpdateRequest extends Target {
  /** Makes the new object from a copy of the old one. Synchronous: no other write comes between. */
  change: (old: KubernetesObject) => KubernetesObject
  subresource?: string | undefined
  /** The server's own write: spec and status are taken as they are, admission is not asked. */
  internal?: boolean
  /** `change` maintains the managed fields itself (server-side apply). */
  ownsManagedFields?: boolean
  options: WriteOptions
}

const SUFFIX_CHARACTERS = 'bcdfghjklmnpqrstvwxz2456789'

function generatedName(prefix: string): string {
  const suffix = Array.from({ length: 5 }, () => SUFFIX_CHARACTERS[randomInt(27)]).join('')
  return prefix.slice(0, 58) + suffix
}

/** A rule about who may write what, beyond the verbs; throws to refuse. */
export type Guard = (definition: ResourceDefinition, request: AdmissionRequest) => void

/** Creates and updates objects: what happens between a request's body and the store. */
export class ObjectWriter {
  readonly #store: ObjectStore
  readonly #resources: ResourceIndex
  readonly #guard: Guard | undefined
  readonly #indexes = new Map<string, ObjectIndex>()

  constructor(store: ObjectStore, resources: ResourceIndex, guard?: Guard) {
    this.#store = store
    this.#resources = resources
    this.#guard = guard
  }

  /** The newest state of an object. */
  find({ definition, namespace, name }: Target): KubernetesObject | undefined {
    const json = this.#store.latest(storeKeyOf(definition, namespace, name))
    return json === undefined ? undefined : fromStored(definition, json)
  }

  /** Creates; answers the stored text. */
  async create(
    definition: ResourceDefinition,
    namespace: string,
    object: KubernetesObject,
    options: WriteOptions,
  ): Promise<string> {
    checkMetadataTypes(definition, object)
    const metadata = (object.metadata ??= {})
    if ((metadata.resourceVersion ?? '') !== '') {
      const message = 'resourceVersion should not be set on objects to be created'
      throw statusErrors.other(500, '', message)
    }
    if (definition.namespaced) {
      metadata.namespace = namespace
      requireActiveNamespace(this.#store, definition, namespace, metadata.name ?? '')
    } else delete metadata.namespace
    if (!metadata.name && metadata.generateName)
      metadata.name = this.#freeName(definition, object)
    object.apiVersion = apiVersionOf(definition)
    object.kind = definition.kind
    metadata.uid = randomUUID()
    metadata.creationTimestamp = timestamp()
    delete metadata.deletionTimestamp
    delete metadata.deletionGracePeriodSeconds
    if (options.keepManagedFields !== true) delete metadata.managedFields
    if (definition.hasGeneration) metadata.generation = 1
    else delete metadata.generation
    if (definition.hasStatus) delete object.status
    const filledIn = watchFillingIn(definition, object)
    runAdmission({
      definition,
      request: this.#admissionRequest({ operation: 'create', object }, options),
      guard: this.#guard,
      options,
      track: () => {
        if (options.keepManagedFields === true) return
        trackUpdate({ definition, old: undefined, object, filledIn: filledIn(), ...options })
      },
    })
    const key = storeKeyOf(definition, namespace, metadata.name ?? '')
    if (this.#store.latest(key) !== undefined) {
      throw statusErrors.alreadyExists(definition, key.name)
    }
    if (options.dryRun) return toStored(definition, object)
    const { json } = await this.#store.write(key, {
      type: 'put',
      json: (version) => toStored(definition, object, version),
    })
    return json
  }

  /** Reads, changes and writes; answers the stored text. Throws 404 when there is no object. */
  async update(request: UpdateRequest): Promise<string> {
    const { definition, namespace, name, change, subresource, options } = request
    const key = storeKeyOf(definition, namespace, name)
    const json = this.#store.latest(key)
    if (json === undefined) throw statusErrors.notFound(definition, name)
    const old = fromStored(definition, json)
    const changed = change(fromStored(definition, json))
    checkMetadataTypes(definition, changed)
    this.#checkPreconditions(definition, old, changed)
    const internal = request.internal === true
    const object = nextState({ definition, old, changed, subresource, internal })
    const track = (): void => {
      if (request.ownsManagedFields === true) return
      trackUpdate({ definition, old, object, subresource, ...options })
    }
    if (internal) track()
    else {
      const base = { operation: 'update' as const, object, oldObject: old }
      const asked = subresource === undefined ? base : { ...base, subresource }
      runAdmission({
        definition,
        request: this.#admissionRequest(asked, options),
        guard: this.#guard,
        options,
        track,
      })
    }
    countGeneration(definition, old, object)
    return this.#commit(key, { definition, old, object, json, dryRun: options.dryRun })
  }

  /** Writes the next state of an object, or removes it once nothing holds it any more. */
  async #commit(
    key: ReturnType<typeof storeKeyOf>,
    write: {
      definition: ResourceDefinition
      old: KubernetesObject
      object: KubernetesObject
      json: string
      dryRun: boolean
    },
  ): Promise<string> {
    const { definition, old, object, json, dryRun } = write
    const unchanged = toStored(definition, object, Number(old.metadata?.resourceVersion))
    if (dryRun || sameJson(unchanged, json)) return unchanged
    const finished = isFinished(definition, object)
    const change = await this.#store.write(key, {
      type: finished ? 'delete' : 'put',
      json: (version) => toStored(definition, object, version),
    })
    // As a real one: the answer of the update that ended an object has its last version.
    return finished ? unchanged : change.json
  }

  #checkPreconditions(
    definition: ResourceDefinition,
    old: KubernetesObject,
    { metadata = {} }: KubernetesObject,
  ): void {
    const name = old.metadata?.name ?? ''
    const { uid, resourceVersion } = metadata
    if (uid !== undefined && uid !== '' && uid !== old.metadata?.uid) {
      throw statusErrors.conflict(
        definition,
        name,
        `StorageError: invalid object, Code: 4, Key: ${registryKey(definition, old)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata?.uid}`,
      )
    }
    if (
      resourceVersion !== undefined &&
      resourceVersion !== '' &&
      resourceVersion !== old.metadata?.resourceVersion
    ) {
      throw statusErrors.conflict(definition, name)
    }
  }

  #freeName(definition: ResourceDefinition, { metadata = {} }: KubernetesObject): string {
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const name = generatedName(metadata.generateName ?? '')
      const key = storeKeyOf(definition, metadata.namespace, name)
      if (this.#store.latest(key) === undefined) return name
    }
    return generatedName(metadata.generateName ?? '')
  }

  #admissionRequest(
    request: Pick<AdmissionRequest, 'operation' | 'object' | 'oldObject' | 'subresource'>,
    { user, warn }: Pick<WriteOptions, 'user' | 'warn'>,
  ): AdmissionRequest {
    return { ...request, user, warn, ...this.lookups() }
  }

  /** Read-only views of the store for admission. */
  lookups(): Required<Pick<AdmissionRequest, 'lookup' | 'lookupAll' | 'lookupIndexed'>> {
    return {
      lookup: (resource, namespace, name) => {
        const definition = this.#resources.byId(resource) ?? this.#byPlural(resource)
        if (definition === undefined) return undefined
        return this.find({ definition, namespace: namespace ?? '', name })
      },
      lookupAll: (resource, namespace) => {
        const definition = this.#resources.byId(resource) ?? this.#byPlural(resource)
        return definition === undefined ? [] : this.findAll(definition, namespace ?? '')
      },
      lookupIndexed: (resource, index, value) => {
        const definition = this.#resources.byId(resource)
        return definition === undefined ? [] : this.#indexOf(definition, index).find(value)
      },
    }
  }

  #indexOf(definition: ResourceDefinition, name: string): ObjectIndex {
    const key = `${definition.resource}.${definition.group}/${name}`
    let index = this.#indexes.get(key)
    if (index === undefined) {
      const valuesOf = definition.indexes?.[name] ?? (() => [])
      index = new ObjectIndex(this.#store, definition, valuesOf)
      this.#indexes.set(key, index)
    }
    return index
  }

  /** The newest states of all objects of a kind. */
  *findAll(definition: ResourceDefinition, namespace: string): Generator<KubernetesObject> {
    const range = rangeOf(storedResource(definition), namespace)
    for (const json of this.#store.latestRange(range)) yield fromStored(definition, json)
  }

  #byPlural(plural: string): ResourceDefinition | undefined {
    return this.#resources.all.find(({ resource }) => resource === plural)
  }
}

/** Core kinds that a kube-apiserver keeps under other names. */
const REGISTRY_NAMES: Record<string, string> = {
  endpoints: 'services/endpoints',
  nodes: 'minions',
  services: 'services/specs',
}

/** Where a real one keeps an object; messages tell. */
function registryKey(
  definition: ResourceDefinition,
  { metadata = {} }: KubernetesObject,
): string {
  const { custom, group, resource } = definition
  const folder = custom ? `${group}/${resource}` : (REGISTRY_NAMES[resource] ?? resource)
  const { namespace, name } = metadata
  return ['/registry', folder, ...(namespace ? [namespace] : []), name].join('/')
}

/** Whether two texts hold the same value; the order of keys may differ, the length then not. */
function sameJson(first: string, second: string): boolean {
  if (first.length !== second.length) return false
  return first === second || isDeepStrictEqual(JSON.parse(first), JSON.parse(second))
}

/** Generation counts changes of everything but metadata and status. */
export function countGeneration(
  { hasGeneration }: ResourceDefinition,
  old: KubernetesObject,
  object: KubernetesObject,
): void {
  const metadata = (object.metadata ??= {})
  if (!hasGeneration) return
  const { metadata: _, status: __, ...before } = old
  const { metadata: ___, status: ____, ...after } = object
  const generation = old.metadata?.generation ?? 1
  metadata.generation = isDeepStrictEqual(before, after) ? generation : generation + 1
}
