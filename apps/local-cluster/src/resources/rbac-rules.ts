import type {
  IoK8sApiRbacV1ClusterRole as ClusterRole,
  IoK8sApiRbacV1ClusterRoleBinding as ClusterRoleBinding,
  IoK8sApiRbacV1PolicyRule as PolicyRule,
  IoK8sApiRbacV1Role as Role,
  IoK8sApiRbacV1RoleBinding as RoleBinding,
  IoK8sApiRbacV1RoleRef as RoleRef,
  IoK8sApiRbacV1Subject as Subject,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { StatusCause } from '@virtdeck/kubernetes'
import { invalid, notSupported, required, when } from './field-errors.ts'

const RBAC = 'rbac.authorization.k8s.io'
export type Binding = RoleBinding | ClusterRoleBinding

/** What is wrong with a role, in the words of kubernetes `pkg/apis/rbac/validation`. */
export function roleCauses(
  role: Role | ClusterRole,
  { namespaced }: { namespaced: boolean },
): StatusCause[] {
  // The rules of an aggregated role are its controller's.
  return (role.rules ?? []).flatMap((rule, index) =>
    ruleCauses(`rules[${index}]`, rule, namespaced),
  )
}

function ruleCauses(field: string, rule: PolicyRule, namespaced: boolean): StatusCause[] {
  const {
    verbs,
    apiGroups = [],
    resources = [],
    resourceNames = [],
    nonResourceURLs = [],
  } = rule
  const causes = when(!verbs?.length, () =>
    required(`${field}.verbs`, 'verbs must contain at least one value'),
  )
  if (nonResourceURLs.length > 0) {
    const at = `${field}.nonResourceURLs`
    const mixed = apiGroups.length + resources.length + resourceNames.length > 0
    return [
      ...causes,
      ...when(namespaced, () =>
        invalid(at, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs'),
      ),
      ...when(mixed, () =>
        invalid(
          at,
          nonResourceURLs,
          'rules cannot apply to both regular resources and non-resource URLs',
        ),
      ),
    ]
  }
  return [
    ...causes,
    ...when(apiGroups.length === 0, () =>
      required(`${field}.apiGroups`, 'resource rules must supply at least one api group'),
    ),
    ...when(resources.length === 0, () =>
      required(`${field}.resources`, 'resource rules must supply at least one resource'),
    ),
  ]
}

export function bindingCauses(
  binding: Binding,
  old: Binding | undefined,
  { namespaced }: { namespaced: boolean },
): StatusCause[] {
  const { roleRef, subjects = [] } = binding
  const kinds = namespaced ? ['ClusterRole', 'Role'] : ['ClusterRole']
  // Nothing has looked for required fields of built-in kinds so far.
  const absent: RoleRef = { apiGroup: '', kind: '', name: '' }
  const { apiGroup, kind, name } = { ...absent, ...roleRef }
  const before = old?.roleRef
  const changed =
    before && (before.apiGroup !== apiGroup || before.kind !== kind || before.name !== name)
  return [
    ...when(changed, () => ({
      reason: 'FieldValueInvalid',
      message: `Invalid value: rbac.RoleRef{APIGroup:"${apiGroup}", Kind:"${kind}", Name:"${name}"}: cannot change roleRef`,
      field: 'roleRef',
    })),
    ...when(apiGroup !== RBAC, () => notSupported('roleRef.apiGroup', apiGroup, [RBAC])),
    ...when(!kinds.includes(kind), () => notSupported('roleRef.kind', kind, kinds)),
    ...when(name === '', () => required('roleRef.name')),
    ...subjects.flatMap((subject, index) =>
      subjectCauses(`subjects[${index}]`, subject, namespaced),
    ),
  ]
}

function subjectCauses(field: string, subject: Subject, namespaced: boolean): StatusCause[] {
  const { apiGroup = '', kind, name, namespace } = subject
  const causes = when(!name, () => required(`${field}.name`))
  switch (kind) {
    case 'ServiceAccount':
      return [
        ...causes,
        ...when(apiGroup !== '', () => notSupported(`${field}.apiGroup`, apiGroup, [''])),
        ...when(!namespace && !namespaced, () => required(`${field}.namespace`)),
      ]
    case 'User':
    case 'Group':
      return [
        ...causes,
        ...when(apiGroup !== RBAC, () => notSupported(`${field}.apiGroup`, apiGroup, [RBAC])),
      ]
    default:
      return [
        ...causes,
        notSupported(`${field}.kind`, kind, ['Group', 'ServiceAccount', 'User']),
      ]
  }
}
