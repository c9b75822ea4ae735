import { kubeVirtRoles } from './kubevirt-roles.ts'
import { kubernetesRoles } from './kubernetes-roles.ts'
import type { SeedObject } from './index.ts'

const RBAC = 'rbac.authorization.k8s.io'

export interface Rule {
  apiGroups?: string[]
  resources?: string[]
  verbs: string[]
  nonResourceURLs?: string[]
}

export interface RoleSeed {
  name: string
  rules: Rule[]
  labels?: Record<string, string>
  /** The labels of the roles that this one unites. */
  aggregates?: Record<string, string>
}

export function clusterRoles(): SeedObject[] {
  return withAggregatedRules([...kubernetesRoles(), ...kubeVirtRoles()]).map(
    ({ name, rules, labels, aggregates }) => ({
      group: RBAC,
      resource: 'clusterroles',
      object: {
        apiVersion: `${RBAC}/v1`,
        kind: 'ClusterRole',
        metadata: {
          name,
          labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
        },
        ...(aggregates && {
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: aggregates }] },
        }),
        rules,
      } as SeedObject['object'],
    }),
  )
}

/** What a controller writes into them later, so that they hold before it runs. */
function withAggregatedRules(roles: RoleSeed[]): RoleSeed[] {
  const rulesOf = ({ name, rules, aggregates }: RoleSeed): Rule[] => {
    const [label] = Object.keys(aggregates ?? {})
    if (label === undefined) return rules
    const parts = roles
      .filter((role) => role.name !== name && role.labels?.[label] === 'true')
      .toSorted((first, second) => (first.name < second.name ? -1 : 1))
    const all = parts.flatMap(rulesOf)
    return [...new Map(all.map((rule) => [JSON.stringify(rule), rule])).values()]
  }
  return roles.map((role) => ({ ...role, rules: rulesOf(role) }))
}

interface Subject {
  kind: 'User' | 'Group' | 'ServiceAccount'
  name: string
  namespace?: string
}

/** Who may do what: administrators, the cluster's own parts, and the developer in one namespace. */
export function roleBindings(): SeedObject[] {
  const masters: Subject = { kind: 'Group', name: 'system:masters' }
  const authenticated: Subject = { kind: 'Group', name: 'system:authenticated' }
  const everyone: Subject = { kind: 'Group', name: 'system:unauthenticated' }
  const nodes: Subject = { kind: 'Group', name: 'system:nodes' }
  const developer: Subject = { kind: 'User', name: 'developer' }
  const controllers: Subject = {
    kind: 'ServiceAccount',
    name: 'controllers',
    namespace: 'kube-system',
  }
  return [
    serviceAccount('controllers', 'kube-system'),
    binding('cluster-admin', [masters]),
    // In this order SelfSubjectRulesReviews list the rules, as a real cluster has them.
    binding('system:basic-user', [authenticated]),
    binding('system:public-info-viewer', [authenticated, everyone]),
    binding('system:discovery', [authenticated]),
    binding('system:service-account-issuer-discovery', [authenticated]),
    binding('system:node', [nodes]),
    binding('system:controllers', [controllers]),
    binding('instancetype.kubevirt.io:view', [authenticated]),
    binding('kubevirt.io:default', [authenticated]),
    binding('cdi.kubevirt.io:config-reader', [authenticated]),
    binding('basic-user', [authenticated]),
    binding('edit', [developer], 'development'),
  ]
}

function serviceAccount(name: string, namespace: string): SeedObject {
  return {
    group: '',
    resource: 'serviceaccounts',
    object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
  }
}

function binding(role: string, subjects: Subject[], namespace?: string): SeedObject {
  const name = namespace ? `developer-${role}` : role
  const kind = namespace ? 'RoleBinding' : 'ClusterRoleBinding'
  return {
    group: RBAC,
    resource: `${kind.toLowerCase()}s`,
    object: {
      apiVersion: `${RBAC}/v1`,
      kind,
      metadata: { name, ...(namespace && { namespace }) },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: subjects.map((subject) =>
        subject.kind === 'ServiceAccount' ? subject : { apiGroup: RBAC, ...subject },
      ),
    } as SeedObject['object'],
  }
}
