/** One rule of a Role or ClusterRole. */
export interface PolicyRule {
  verbs: string[]
  apiGroups?: string[]
  resources?: string[]
  resourceNames?: string[]
  nonResourceURLs?: string[]
}

/** What somebody wants to do: to an object or collection, or (with `path`) to a URL. */
export interface AccessAttributes {
  verb: string
  group?: string
  resource?: string
  subresource?: string | undefined
  namespace?: string | undefined
  name?: string | undefined
  path?: string
}

const holds = (values: string[] | undefined, value: string): boolean =>
  values !== undefined && (values.includes(value) || values.includes('*'))

function resourceMatches(rule: PolicyRule, resource: string, subresource: string): boolean {
  const combined = subresource === '' ? resource : `${resource}/${subresource}`
  return (rule.resources ?? []).some(
    (pattern) =>
      pattern === '*' ||
      pattern === combined ||
      (subresource !== '' && pattern === `*/${subresource}`),
  )
}

function pathMatches(rule: PolicyRule, path: string): boolean {
  return (rule.nonResourceURLs ?? []).some(
    (pattern) =>
      pattern === '*' ||
      pattern === path ||
      (pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1))),
  )
}

/** Whether a rule allows it, as RBAC's RuleAllows. */
export function ruleAllows(rule: PolicyRule, attributes: AccessAttributes): boolean {
  const { verb, group = '', resource = '', subresource = '', name = '', path } = attributes
  if (!holds(rule.verbs, verb)) return false
  if (path !== undefined) return pathMatches(rule, path)
  const names = rule.resourceNames ?? []
  return (
    holds(rule.apiGroups, group) &&
    resourceMatches(rule, resource, subresource) &&
    (names.length === 0 || names.includes(name))
  )
}
