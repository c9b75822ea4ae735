import type {
  IoK8sApiCoreV1LimitRange as LimitRange,
  IoK8sApiCoreV1ResourceQuota as ResourceQuota,
  IoK8sApiPolicyV1PodDisruptionBudget as PodDisruptionBudget,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { AGE, CREATED_AT } from './columns.ts'
import { builtInKind } from './define.ts'
import { invalid } from './field-errors.ts'

export const limitRange = builtInKind<LimitRange>({
  group: '',
  versions: ['v1'],
  kind: 'LimitRange',
  resource: 'limitranges',
  component: 'io.k8s.api.core.v1.LimitRange',
  shortNames: ['limits'],
  namespaced: true,
  columns: [CREATED_AT],
})

export const resourceQuota = builtInKind<ResourceQuota>({
  group: '',
  versions: ['v1'],
  kind: 'ResourceQuota',
  resource: 'resourcequotas',
  component: 'io.k8s.api.core.v1.ResourceQuota',
  shortNames: ['quota'],
  namespaced: true,
  hasStatus: true,
  columns: [
    { name: 'Request', type: 'string', cell: (quota) => usage(quota, isRequest) },
    {
      name: 'Limit',
      type: 'string',
      cell: (quota) => usage(quota, (name) => !isRequest(name)),
    },
    AGE,
  ],
})

export const podDisruptionBudget = builtInKind<PodDisruptionBudget>({
  group: 'policy',
  versions: ['v1'],
  kind: 'PodDisruptionBudget',
  resource: 'poddisruptionbudgets',
  component: 'io.k8s.api.policy.v1.PodDisruptionBudget',
  shortNames: ['pdb'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,
  columns: [
    {
      name: 'Min Available',
      type: 'string',
      cell: ({ spec }) => String(spec?.minAvailable ?? 'N/A'),
    },
    {
      name: 'Max Unavailable',
      type: 'string',
      cell: ({ spec }) => String(spec?.maxUnavailable ?? 'N/A'),
    },
    {
      name: 'Allowed Disruptions',
      type: 'integer',
      cell: ({ status }) => status?.disruptionsAllowed ?? 0,
    },
    AGE,
  ],
  admit: ({ object }) => {
    const { minAvailable, maxUnavailable } = object.spec ?? {}
    if (minAvailable === undefined || maxUnavailable === undefined) return
    const detail = 'minAvailable and maxUnavailable cannot be both set'
    throw statusErrors.invalid(podDisruptionBudget, object.metadata?.name ?? '', [
      invalid('spec', object.spec, detail),
    ])
  },
})

function isRequest(name: string): boolean {
  return !name.startsWith('limits.')
}

function usage({ spec, status }: ResourceQuota, shown: (name: string) => boolean): string {
  return Object.entries(status?.hard ?? spec?.hard ?? {})
    .filter(([name]) => shown(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, hard]) => `${name}: ${status?.used?.[name] ?? 0}/${hard}`)
    .join(', ')
}
