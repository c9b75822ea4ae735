import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import type { AdmissionRequest, ResourceDefinition } from '../registry.ts'
import { ruleAllows, type PolicyRule } from './rbac-rules.ts'
import type { Rbac } from './rbac.ts'
import { MASTERS, type User } from './user.ts'

const GROUP = 'rbac.authorization.k8s.io'

interface RoleObject extends KubernetesObject {
  rules?: PolicyRule[] | null
  roleRef?: { kind: string; name: string }
}

/**
 * Refuses roles and bindings by which somebody would give away more than they have, unless they
 * may `escalate` the role or `bind` to it. Throws 403 in the words of RBAC.
 */
export function refuseEscalation(
  rbac: Rbac,
  definition: ResourceDefinition,
  { operation, object, oldObject, user, subresource }: AdmissionRequest,
): void {
  if (definition.group !== GROUP || operation === 'delete' || subresource) return
  if (user.groups.includes(MASTERS)) return
  const { name = '', namespace = '' } = object.metadata ?? {}
  const { resource } = definition
  const role = object as RoleObject
  if (!resource.endsWith('bindings')) {
    const before: RoleObject | undefined = oldObject
    const same = JSON.stringify(before?.rules) === JSON.stringify(role.rules)
    const may = { verb: 'escalate', group: GROUP, resource, namespace, name }
    if ((before && same) || rbac.allows(user, may)) return
    confirm(rbac, definition, { user, namespace, name, rules: role.rules ?? [] })
    return
  }
  const { kind = '', name: roleName = '' } = role.roleRef ?? {}
  const bound = kind === 'ClusterRole' ? 'clusterroles' : 'roles'
  const may = { verb: 'bind', group: GROUP, resource: bound, namespace, name: roleName }
  if (rbac.allows(user, may)) return
  const rules = rbac.rulesOfRole(kind, namespace, roleName)
  if (rules === undefined) {
    throw statusErrors.notFound({ group: GROUP, resource: kind.toLowerCase() }, roleName)
  }
  confirm(rbac, definition, { user, namespace, name, rules })
}

function confirm(
  rbac: Rbac,
  definition: ResourceDefinition,
  wanted: { user: User; namespace: string; name: string; rules: PolicyRule[] },
): void {
  const { user, namespace, name, rules } = wanted
  const held = rbac.rulesOf(user, namespace)
  const missing = rules.flatMap(brokenDown).filter((rule) => !held.some(covers(rule)))
  if (missing.length === 0) return
  const groups = user.groups.map((group) => JSON.stringify(group)).join(' ')
  const list = [...new Set(compacted(missing).map(ruleText))].toSorted().join('\n')
  throw statusErrors.forbidden(
    definition,
    name,
    `user ${JSON.stringify(user.name)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${list}`,
  )
}

/** Rules of one verb for one thing each. */
function brokenDown({
  verbs,
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
}: PolicyRule): PolicyRule[] {
  const urls = nonResourceURLs.flatMap((url) =>
    verbs.map((verb) => ({ verbs: [verb], nonResourceURLs: [url] })),
  )
  const names = resourceNames.length === 0 ? [undefined] : resourceNames
  const things = apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) =>
        names.map((name) => ({
          verbs: [verb],
          apiGroups: [group],
          resources: [resource],
          ...(name === undefined ? {} : { resourceNames: [name] }),
        })),
      ),
    ),
  )
  return [...urls, ...things]
}

/** Whether a rule that somebody has covers one that is broken down. */
const covers =
  (wanted: PolicyRule) =>
  (held: PolicyRule): boolean => {
    const [verb = ''] = wanted.verbs
    const [path] = wanted.nonResourceURLs ?? []
    if (path !== undefined) {
      const all = (held.nonResourceURLs ?? []).includes('*')
      return all ? hasVerb(held, verb) : ruleAllows(held, { verb, path })
    }
    const [group = ''] = wanted.apiGroups ?? []
    const [combined = ''] = wanted.resources ?? []
    const [name = ''] = wanted.resourceNames ?? []
    const [resource = '', ...subresource] = combined.split('/')
    return ruleAllows(held, { verb, group, resource, subresource: subresource.join('/'), name })
  }

const hasVerb = ({ verbs }: PolicyRule, verb: string): boolean =>
  verbs.includes('*') || verbs.includes(verb)

/** Unites the verbs of rules about the same thing. */
function compacted(rules: PolicyRule[]): PolicyRule[] {
  const united = new Map<string, PolicyRule>()
  for (const rule of rules) {
    const { verbs, ...thing } = rule
    const key = JSON.stringify(thing)
    const known = united.get(key)
    united.set(key, { ...thing, verbs: [...new Set([...(known?.verbs ?? []), ...verbs])] })
  }
  return [...united.values()]
}

function ruleText(rule: PolicyRule): string {
  const part = (title: string, values: string[] = []): string[] =>
    values.length === 0
      ? []
      : [`${title}:[${values.map((value) => JSON.stringify(value)).join(' ')}]`]
  const parts = [
    ...part('APIGroups', rule.apiGroups),
    ...part('Resources', rule.resources),
    ...part('NonResourceURLs', rule.nonResourceURLs),
    ...part('ResourceNames', rule.resourceNames),
    ...part('Verbs', rule.verbs),
  ]
  return `{${parts.join(', ')}}`
}
