import { createHash } from 'node:crypto'
import type { ResourceDefinition } from '../registry.ts'
import type { SubresourceHandler } from '../subresources/subresource.ts'
import { resourceIdOf } from '../store/keys.ts'
import { mediaRanges } from './content.ts'

const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
]
const STATUS_VERBS = ['get', 'patch', 'update']

/** A review endpoint and the like: create only, nothing stored. */
export interface VirtualResource {
  group: string
  version: string
  resource: string
  kind: string
  namespaced: boolean
}

export interface DiscoverySource {
  resources: readonly ResourceDefinition[]
  subresources: readonly SubresourceHandler[]
  virtual: readonly VirtualResource[]
  address: () => string
}

interface ApiResource {
  name: string
  singularName: string
  namespaced: boolean
  kind: string
  verbs: string[] | null
  group?: string
  version?: string
  shortNames?: string[]
  categories?: string[]
  storageVersionHash?: string
}

interface Group {
  name: string
  versions: Map<string, ApiResource[]>
}

const storageVersionHash = (definition: ResourceDefinition): string =>
  createHash('sha256')
    .update(`${resourceIdOf(definition)}/${definition.versions[0]}/${definition.kind}`)
    .digest()
    .subarray(0, 8)
    .toString('base64')

function entriesOf(definition: ResourceDefinition): ApiResource[] {
  const { resource, singular, namespaced, kind, shortNames, categories, verbs } = definition
  const main: ApiResource = {
    name: resource,
    singularName: singular,
    namespaced,
    kind,
    verbs: verbs ?? VERBS,
    ...(shortNames === undefined ? {} : { shortNames }),
    ...(categories === undefined ? {} : { categories }),
    storageVersionHash: storageVersionHash(definition),
  }
  const below = { singularName: '', namespaced, verbs: STATUS_VERBS }
  const status = { ...below, name: `${resource}/status`, kind }
  const scale = {
    ...below,
    name: `${resource}/scale`,
    kind: 'Scale',
    group: 'autoscaling',
    version: 'v1',
  }
  return [
    main,
    ...(definition.hasStatus ? [status] : []),
    ...(definition.scale === undefined ? [] : [scale]),
  ]
}

/** Groups of a kube-apiserver itself, in their order; those of custom resources follow by name. */
const GROUP_ORDER = [
  'apiregistration.k8s.io',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
  'metrics.k8s.io',
  'kubevirt.io',
  'subresources.kubevirt.io',
]

function byGroupOrder(first: Group, second: Group): number {
  const place = ({ name }: Group): number => {
    const index = GROUP_ORDER.indexOf(name)
    return index < 0 ? GROUP_ORDER.length : index
  }
  return place(first) - place(second) || (first.name < second.name ? -1 : 1)
}

/** The lists of built-in kinds are sorted by name. */
function sortBuiltIn(groups: Iterable<Group>, custom: ReadonlySet<string>): void {
  for (const { name, versions } of groups) {
    if (custom.has(name)) continue
    for (const resources of versions.values()) {
      resources.sort((first, second) => (first.name < second.name ? -1 : 1))
    }
  }
}

function plain(body: object | undefined): { contentType: string; body: object } | undefined {
  return body === undefined ? undefined : { contentType: 'application/json', body }
}

/** Answers /api, /apis and the lists of resources, plain and aggregated. */
export class Discovery {
  readonly #groups: Map<string, Group>
  readonly #customGroups: ReadonlySet<string>
  readonly #address: () => string

  constructor({ resources, subresources, virtual, address }: DiscoverySource) {
    this.#address = address
    const groups = new Map<string, Group>()
    const listOf = (name: string, version: string): ApiResource[] => {
      const group = groups.get(name) ?? { name, versions: new Map<string, ApiResource[]>() }
      groups.set(name, group)
      const list = group.versions.get(version) ?? []
      group.versions.set(version, list)
      return list
    }
    for (const definition of resources) {
      for (const version of definition.versions) {
        listOf(definition.group, version).push(...entriesOf(definition))
      }
    }
    for (const { group, version, resource, kind, namespaced } of virtual) {
      const entry = { name: resource, singularName: kind.toLowerCase(), namespaced, kind }
      listOf(group, version).push({ ...entry, verbs: ['create'] })
    }
    for (const handler of subresources) {
      const { discovery, resource, subresource } = handler
      if (discovery === undefined) continue
      const name = subresource === undefined ? resource : `${resource}/${subresource}`
      for (const version of handler.versions) {
        const list = listOf(handler.group, version)
        if (list.some((entry) => entry.name === name)) continue
        list.push({
          name,
          singularName: '',
          namespaced: handler.namespaced || handler.scope === 'namespace',
          kind: discovery.kind,
          verbs: discovery.verbs ?? null,
          ...(discovery.group === undefined ? {} : { group: discovery.group }),
          ...(discovery.version === undefined ? {} : { version: discovery.version }),
        })
      }
    }
    const custom = resources.filter((definition) => definition.custom)
    const ownOrder = new Set([
      ...custom.map(({ group }) => group),
      'subresources.kubevirt.io',
      'upload.cdi.kubevirt.io',
    ])
    sortBuiltIn(groups.values(), ownOrder)
    this.#groups = new Map(
      [...groups.values()].toSorted(byGroupOrder).map((group) => [group.name, group]),
    )
    this.#customGroups = ownOrder
  }

  /** The document of a path, or undefined; `accept` may ask for the aggregated form. */
  answer(
    path: string,
    accept: string | undefined,
  ): { contentType: string; body: object } | undefined {
    const [prefix, ...rest] = path.replace(/\/$/, '').split('/').slice(1)
    if (rest.length === 0 && (prefix === 'api' || prefix === 'apis')) {
      return (
        this.#aggregated(prefix, accept) ??
        plain(prefix === 'api' ? this.#coreVersions() : this.#groupList())
      )
    }
    if (prefix === 'api' && rest.length === 1) return plain(this.#resourceList('', rest[0]))
    if (prefix !== 'apis') return undefined
    const [group = '', version] = rest
    if (rest.length === 1) {
      const found = group === '' ? undefined : this.#groups.get(group)
      return plain(
        found === undefined
          ? undefined
          : { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(found) },
      )
    }
    return rest.length === 2 ? plain(this.#resourceList(group, version)) : undefined
  }

  #coreVersions(): object {
    return {
      kind: 'APIVersions',
      versions: [...(this.#groups.get('')?.versions.keys() ?? [])],
      serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: this.#address() }],
    }
  }

  #groupList(): object {
    const groups = [...this.#groups.values()].filter(({ name }) => name !== '').map(groupEntry)
    return { kind: 'APIGroupList', apiVersion: 'v1', groups }
  }

  #resourceList(group: string, version = ''): object | undefined {
    const resources = this.#groups.get(group)?.versions.get(version)
    if (resources === undefined) return undefined
    const groupVersion = group === '' ? version : `${group}/${version}`
    // The core group's list has no apiVersion: the version of that version is older than itself.
    const type =
      group === '' ? { kind: 'APIResourceList' } : { kind: 'APIResourceList', apiVersion: 'v1' }
    // As recorded from a 1.26: only custom resources have a singular name here. Clients that want
    // one otherwise take the kind in lower case, or read the aggregated form.
    const listed = this.#customGroups.has(group)
      ? resources
      : resources.map((resource) => ({ ...resource, singularName: '' }))
    return { ...type, groupVersion, resources: listed }
  }

  #aggregated(
    prefix: string,
    accept: string | undefined,
  ): { contentType: string; body: object } | undefined {
    for (const { type, parameters } of mediaRanges(accept)) {
      if (type !== 'application/json') continue
      const version = parameters.get('v')
      const as = parameters.get('as')
      if (as === undefined) return undefined
      if (as !== 'APIGroupDiscoveryList' || parameters.get('g') !== 'apidiscovery.k8s.io')
        continue
      if (version !== 'v2' && version !== 'v2beta1') continue
      const groups = [...this.#groups.values()].filter(
        ({ name }) => (name === '') === (prefix === 'api'),
      )
      return {
        contentType: `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
        body: {
          kind: 'APIGroupDiscoveryList',
          apiVersion: `apidiscovery.k8s.io/${version}`,
          metadata: {},
          items: groups.map(discoveryEntry),
        },
      }
    }
    return undefined
  }
}

function groupEntry({ name, versions }: Group): object {
  const entries = [...versions.keys()].map((version) => ({
    groupVersion: `${name}/${version}`,
    version,
  }))
  return { name, versions: entries, preferredVersion: entries[0] }
}

function discoveryEntry({ name, versions }: Group): object {
  return {
    metadata: { name: name === '' ? undefined : name, creationTimestamp: null },
    versions: [...versions].map(([version, resources]) => ({
      version,
      resources: resourceEntries(name, version, resources),
      freshness: 'Current',
    })),
  }
}

function resourceEntries(group: string, version: string, resources: ApiResource[]): object[] {
  const kindOf = (entry: ApiResource) => ({
    group: entry.group ?? group,
    version: entry.version ?? version,
    kind: entry.kind,
  })
  const mains = new Map<string, Record<string, unknown> & { subresources: object[] }>()
  for (const entry of resources) {
    const [resource = '', subresource] = entry.name.split('/')
    const scope = entry.namespaced ? 'Namespaced' : 'Cluster'
    let main = mains.get(resource)
    if (main === undefined) {
      // A group of subresources only (KubeVirt's) has no entry for the resource itself.
      main = {
        resource,
        responseKind: null,
        scope,
        singularResource: '',
        verbs: [],
        subresources: [],
      }
      mains.set(resource, main)
    }
    if (subresource === undefined) {
      const { singularName, shortNames, categories } = entry
      Object.assign(main, {
        responseKind: kindOf(entry),
        scope,
        singularResource: singularName,
        verbs: entry.verbs ?? [],
        shortNames,
        categories,
      })
    } else {
      main.subresources.push({
        subresource,
        responseKind: kindOf(entry),
        verbs: entry.verbs ?? [],
      })
    }
  }
  return [...mains.values()].map(({ subresources, ...main }) =>
    subresources.length === 0 ? main : { ...main, subresources },
  )
}
