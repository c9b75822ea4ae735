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
  /** '' for a ClusterRoleBinding. */
  namespace: string
  role: { kind: string; name: string }
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
    if (user.groups.includes(MASTERS)) return true
    for (const { namespace, rules } of this.#grants(user)) {
      if (
        namespace !== '' &&
        (attributes.path !== undefined || namespace !== attributes.namespace)
      ) {
        continue
      }
      if (rules.some((rule) => ruleAllows(rule, attributes))) return true
    }
    return false
  }

  /** The rules that hold for the user in a namespace (and cluster-wide). */
  rulesOf(user: User, namespace: string): PolicyRule[] {
    if (user.groups.includes(MASTERS)) return EVERYTHING
    return [...this.#grants(user)]
      .filter((grant) => grant.namespace === '' || grant.namespace === namespace)
      .flatMap(({ rules }) => rules)
  }

  *#grants(user: User): Generator<{ namespace: string; rules: PolicyRule[] }> {
    if (!this.#fresh) this.#rebuild()
    const keys = [`User:${user.name}`, ...user.groups.map((group) => `Group:${group}`)]
    for (const key of keys) {
      for (const { namespace, role } of this.#bindings.get(key) ?? []) {
        const scope = role.kind === 'ClusterRole' ? '' : namespace
        yield { namespace, rules: this.#rules(`${scope}/${role.name}`) }
      }
    }
  }

  #rules(key: string): PolicyRule[] {
    const role = this.#roles.get(key)
    if (role === undefined) return []
    if (role.aggregates.length === 0) return role.rules
    const parts = [...this.#roles].filter(
      ([other, { labels }]) =>
        other.startsWith('/') &&
        other !== key &&
        role.aggregates.some((selector) => matchesLabels(selector, labels)),
    )
    return [...role.rules, ...parts.flatMap(([, { rules }]) => rules)]
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

  #addBinding({ metadata, subjects = [], roleRef }: RbacObject): void {
    if (roleRef === undefined) return
    for (const subject of subjects) {
      const key = subjectKey(subject)
      const bindings = this.#bindings.get(key) ?? []
      bindings.push({ namespace: metadata.namespace ?? '', role: roleRef })
      this.#bindings.set(key, bindings)
    }
  }
}
