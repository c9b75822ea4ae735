import type { SeedObject } from '../index.ts'
import { TEMPLATE_NAMESPACE } from './common-templates.ts'

const RBAC = 'rbac.authorization.k8s.io'
const NAME = 'shared-resource-viewer'

/** Everybody who is signed in may read the templates that come with the cluster. */
export const templateReaders = (): SeedObject[] => [
  {
    group: RBAC,
    resource: 'roles',
    object: {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata: { name: NAME, namespace: TEMPLATE_NAMESPACE },
      rules: [
        {
          apiGroups: ['template.openshift.io'],
          resources: ['templates'],
          verbs: ['get', 'list', 'watch'],
        },
      ],
    } as SeedObject['object'],
  },
  {
    group: RBAC,
    resource: 'rolebindings',
    object: {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: { name: `${NAME}s`, namespace: TEMPLATE_NAMESPACE },
      roleRef: { apiGroup: RBAC, kind: 'Role', name: NAME },
      subjects: [{ apiGroup: RBAC, kind: 'Group', name: 'system:authenticated' }],
    } as SeedObject['object'],
  },
]
