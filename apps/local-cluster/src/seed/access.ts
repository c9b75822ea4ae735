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
}

export function clusterRoles(): SeedObject[] {
  const kubeVirt = kubeVirtRoles()
  // A real cluster's controller aggregates them into admin, edit and view in the same way.
  const aggregated = (name: string): Rule[] =>
    kubeVirt.find((role) => role.name === `kubevirt.io:${name}`)?.rules ?? []
  const kubernetes = kubernetesRoles().map((role) => ({
    ...role,
    rules: [...role.rules, ...aggregated(role.name)],
  }))
  return [...kubernetes, ...kubeVirt].map(({ name, rules, labels }) => ({
    group: RBAC,
    resource: 'clusterroles',
    object: {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name, labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels } },
      rules,
    } as SeedObject['object'],
  }))
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
