import { matchesLabels, requirementsOf, type LabelRequirement } from '@virtdeck/kubernetes'
import type { ObjectStore } from '../store/object-store.ts'
import { rangeOf } from '../store/keys.ts'
import { ruleAllows, type AccessAttributes, type PolicyRule } from './rbac-rules.ts'
import { MASTERS, serviceAccountUser, type User } from './user.ts'

const GROUP = 'rbac.authorization.k8s.io'
const KINDS = ['clusterroles', 'roles', 'clusterrolebindings', 'rolebindings'] as const

interface Role {
  rules: PolicyRule[]
  labels: Record<string, string>
  /** Of an aggregated ClusterRole: the selectors of the roles it unites. */
  aggregates: LabelRequirement[][]
}

interface Subject {
  kind: string
  name: string
  namespace?: string
}

interface Binding {
  name: string
  /** '' for a ClusterRoleBinding. */
  namespace: string
  role: { kind: string; name: string }
  subject: Subject
}

/** What RBAC thinks of a request. */
export interface Decision {
  allowed: boolean
  /** By which binding it is allowed, or what has gone wrong; '' for nothing to say. */
  reason: string
}

interface RbacObject {
  metadata: {
    name: string
    namespace?: string
    labels?: Record<string, string>
    resourceVersion?: string
  }
  rules?: PolicyRule[] | null
  aggregationRule?: { clusterRoleSelectors?: Parameters<typeof requirementsOf>[0][] }
  subjects?: Subject[]
  roleRef?: { kind: string; name: string }
}

const EVERYTHING: PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
]

/** Older ones first: the order in which a rules review lists what they grant. */
const byAge = (first: RbacObject, second: RbacObject): number =>
  Number(first.metadata.resourceVersion) - Number(second.metadata.resourceVersion)

function subjectKey({ kind, name, namespace = '' }: Subject): string {
  return kind === 'ServiceAccount'
    ? `User:${serviceAccountUser(namespace, name).name}`
    : `${kind}:${name}`
}

const keyOfRole = ({ namespace, role }: Pick<Binding, 'namespace' | 'role'>): string =>
  `${role.kind === 'ClusterRole' ? '' : namespace}/${role.name}`

const missingRole = ({ role }: Binding): string =>
  `${role.kind.toLowerCase()}.${GROUP} ${JSON.stringify(role.name)} not found`

function describe({ name, namespace, role, subject }: Binding): string {
  const binding =
    namespace === ''
      ? `ClusterRoleBinding ${JSON.stringify(name)}`
      : `RoleBinding ${JSON.stringify(`${name}/${namespace}`)}`
  const whom =
    subject.kind === 'ServiceAccount'
      ? `${subject.name}/${subject.namespace ?? namespace}`
      : subject.name
  return `${binding} of ${role.kind} ${JSON.stringify(role.name)} to ${subject.kind} ${JSON.stringify(whom)}`
}

/**
 * Role-based access control over the roles and bindings in the store. The index is rebuilt on the
 * first question after one of them changed; a cluster has few of them and they change rarely.
 */
export class Rbac {
  #roles = new Map<string, Role>()
  #bindings = new Map<string, Binding[]>()
  #fresh = false
  readonly #store: ObjectStore

  constructor(store: ObjectStore) {
    this.#store = store
    const outdated = (): void => {
      this.#fresh = false
    }
    for (const kind of KINDS) store.subscribe(`${kind}.${GROUP}`, store.version, outdated)
  }

  /** Whether the user may do it. */
  allows(user: User, attributes: AccessAttributes): boolean {
    return this.decide(user, attributes).allowed
  }

  /** Whether the user may do it, and why. */
  decide(user: User, attributes: AccessAttributes): Decision {
    if (user.groups.includes(MASTERS)) return { allowed: true, reason: '' }
    const missing = new Set<string>()
    const namespace = attributes.path === undefined ? attributes.namespace : undefined
    for (const binding of this.#bindingsOf(user, namespace ?? '')) {
      const rules = this.#rules(keyOfRole(binding))
      if (rules === undefined) missing.add(missingRole(binding))
      if (rules?.some((rule) => ruleAllows(rule, attributes)) === true) {
        return { allowed: true, reason: `RBAC: allowed by ${describe(binding)}` }
      }
    }
    const problems = [...missing]
    const text = problems.length > 1 ? `[${problems.join(', ')}]` : problems.join('')
    return { allowed: false, reason: text === '' ? '' : `RBAC: ${text}` }
  }

  /** The rules that hold for the user in a namespace (and cluster-wide). */
  rulesOf(user: User, namespace: string): PolicyRule[] {
    if (user.groups.includes(MASTERS)) return EVERYTHING
    return [...this.#bindingsOf(user, namespace)].flatMap(
      (binding) => this.#rules(keyOfRole(binding)) ?? [],
    )
  }

  /** The rules of a role that a binding refers to; undefined when there is no such role. */
  rulesOfRole(kind: string, namespace: string, name: string): PolicyRule[] | undefined {
    if (!this.#fresh) this.#rebuild()
    return this.#rules(keyOfRole({ namespace, role: { kind, name } }))
  }

  /** The bindings of a user: those of the cluster first, then those of the namespace. */
  *#bindingsOf(user: User, namespace: string): Generator<Binding> {
    if (!this.#fresh) this.#rebuild()
    const keys = [`User:${user.name}`, ...user.groups.map((group) => `Group:${group}`)]
    const all = keys.flatMap((key) => this.#bindings.get(key) ?? [])
    yield* all.filter((binding) => binding.namespace === '')
    if (namespace !== '') yield* all.filter((binding) => binding.namespace === namespace)
  }

  #rules(key: string, above: ReadonlySet<string> = new Set()): PolicyRule[] | undefined {
    const role = this.#roles.get(key)
    if (role === undefined || role.aggregates.length === 0) return role?.rules
    // A controller writes the united rules into the role, but not at once.
    const parts = [...this.#roles].filter(
      ([other, { labels }]) =>
        other.startsWith('/') &&
        other !== key &&
        !above.has(other) &&
        role.aggregates.some((selector) => matchesLabels(selector, labels)),
    )
    const inner = new Set([...above, key])
    const rules = [
      ...role.rules,
      ...parts.flatMap(([other]) => this.#rules(other, inner) ?? []),
    ]
    return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()]
  }

  #rebuild(): void {
    this.#roles = new Map()
    this.#bindings = new Map()
    for (const kind of KINDS) {
      const objects = [...this.#store.latestRange(rangeOf(`${kind}.${GROUP}`))].map(
        (json) => JSON.parse(json) as RbacObject,
      )
      if (kind.endsWith('bindings'))
        for (const binding of objects.toSorted(byAge)) this.#addBinding(binding)
      else for (const role of objects) this.#addRole(role)
    }
    this.#fresh = true
  }

  #addRole(object: RbacObject): void {
    const { name, namespace = '', labels = {} } = object.metadata
    const selectors = object.aggregationRule?.clusterRoleSelectors ?? []
    this.#roles.set(`${namespace}/${name}`, {
      rules: object.rules ?? [],
      labels,
      aggregates: selectors.map((selector) => requirementsOf(selector)),
    })
  }

  #addBinding({ metadata, subjects, roleRef }: RbacObject): void {
    if (roleRef === undefined) return
    const { name, namespace = '' } = metadata
    for (const subject of subjects ?? []) {
      const key = subjectKey(subject)
      const bindings = this.#bindings.get(key) ?? []
      bindings.push({ name, namespace, role: roleRef, subject })
      this.#bindings.set(key, bindings)
    }
  }
}
