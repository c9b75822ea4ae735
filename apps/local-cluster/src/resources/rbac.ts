import type {
  IoK8sApiCoreV1ServiceAccount as ServiceAccount,
  IoK8sApiRbacV1ClusterRole as ClusterRole,
  IoK8sApiRbacV1ClusterRoleBinding as ClusterRoleBinding,
  IoK8sApiRbacV1Role as Role,
  IoK8sApiRbacV1RoleBinding as RoleBinding,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { AGE, CREATED_AT } from './columns.ts'
import { builtInKind, type Column, type KindRequest } from './define.ts'
import { type Binding, bindingCauses, roleCauses } from './rbac-rules.ts'

const RBAC = 'rbac.authorization.k8s.io'

export const serviceAccount = builtInKind<ServiceAccount>({
  group: '',
  versions: ['v1'],
  kind: 'ServiceAccount',
  resource: 'serviceaccounts',
  component: 'io.k8s.api.core.v1.ServiceAccount',
  shortNames: ['sa'],
  namespaced: true,
  columns: [
    {
      name: 'Secrets',
      type: 'string',
      cell: ({ secrets }) => String(secrets?.length ?? 0),
    },
    AGE,
  ],
})

export const role = builtInKind<Role>({
  group: RBAC,
  versions: ['v1'],
  kind: 'Role',
  resource: 'roles',
  component: 'io.k8s.api.rbac.v1.Role',
  namespaced: true,
  nameFormat: 'any',
  columns: [CREATED_AT],
  admit: (request) => admitRole('Role', request),
})

export const clusterRole = builtInKind<ClusterRole>({
  group: RBAC,
  versions: ['v1'],
  kind: 'ClusterRole',
  resource: 'clusterroles',
  component: 'io.k8s.api.rbac.v1.ClusterRole',
  namespaced: false,
  nameFormat: 'any',
  columns: [CREATED_AT],
  admit: (request) => admitRole('ClusterRole', request),
})

export const roleBinding = builtInKind<RoleBinding>({
  group: RBAC,
  versions: ['v1'],
  kind: 'RoleBinding',
  resource: 'rolebindings',
  component: 'io.k8s.api.rbac.v1.RoleBinding',
  namespaced: true,
  nameFormat: 'any',
  columns: bindingColumns(),
  prepare: prepareBinding,
  admit: (request) => admitBinding('RoleBinding', request),
})

export const clusterRoleBinding = builtInKind<ClusterRoleBinding>({
  group: RBAC,
  versions: ['v1'],
  kind: 'ClusterRoleBinding',
  resource: 'clusterrolebindings',
  component: 'io.k8s.api.rbac.v1.ClusterRoleBinding',
  namespaced: false,
  nameFormat: 'any',
  columns: bindingColumns(),
  prepare: prepareBinding,
  admit: (request) => admitBinding('ClusterRoleBinding', request),
})

function bindingColumns(): Column<Binding>[] {
  return [
    {
      name: 'Role',
      type: 'string',
      description:
        'RoleRef can only reference a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer must return an error. This field is immutable.',
      cell: ({ roleRef }) => `${roleRef.kind}/${roleRef.name}`,
    },
    AGE,
    subjectColumn('Users', 'User'),
    subjectColumn('Groups', 'Group'),
    subjectColumn('ServiceAccounts', 'ServiceAccount'),
  ]
}

function subjectColumn(name: string, kind: string): Column<Binding> {
  return {
    name,
    type: 'string',
    priority: 1,
    cell: ({ subjects }) =>
      (subjects ?? [])
        .filter((subject) => subject.kind === kind)
        .map((subject) =>
          kind === 'ServiceAccount' ? `${subject.namespace}/${subject.name}` : subject.name,
        )
        .join(', '),
  }
}

function prepareBinding({ object }: KindRequest<Binding>): void {
  if (object.roleRef) object.roleRef.apiGroup ||= RBAC
  for (const subject of object.subjects ?? []) {
    if (subject.kind !== 'ServiceAccount') subject.apiGroup ||= RBAC
  }
}

function admitBinding(kind: string, { object, oldObject }: KindRequest<Binding>): void {
  const causes = bindingCauses(object, oldObject, { namespaced: kind === 'RoleBinding' })
  if (causes.length === 0) return
  throw statusErrors.invalid({ group: RBAC, kind }, object.metadata?.name ?? '', causes)
}

function admitRole(kind: string, { object }: KindRequest<Role | ClusterRole>): void {
  const causes = roleCauses(object, { namespaced: kind === 'Role' })
  if (causes.length === 0) return
  throw statusErrors.invalid({ group: RBAC, kind }, object.metadata?.name ?? '', causes)
}
