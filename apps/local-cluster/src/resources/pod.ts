import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { AGE } from './columns.ts'
import { builtInKind } from './define.ts'
import { defaultPodSpec, qosClass } from './pod-defaults.ts'
import { podCauses } from './pod-rules.ts'
import { summarizePod } from './pod-status.ts'

const NO_TIMES = { lastProbeTime: null, lastTransitionTime: null }

export const pod = builtInKind<Pod>({
  group: '',
  versions: ['v1'],
  kind: 'Pod',
  resource: 'pods',
  component: 'io.k8s.api.core.v1.Pod',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [
    {
      name: 'Ready',
      type: 'string',
      description: 'The aggregate readiness state of this pod for accepting traffic.',
      cell: (object) => summarizePod(object).ready,
    },
    {
      name: 'Status',
      type: 'string',
      description: 'The aggregate status of the containers in this pod.',
      cell: (object) => summarizePod(object).status,
    },
    {
      name: 'Restarts',
      type: 'string',
      description:
        'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
      cell: (object) => summarizePod(object).restarts,
    },
    AGE,
    {
      name: 'IP',
      type: 'string',
      priority: 1,
      cell: ({ status }) => status?.podIPs?.[0]?.ip ?? status?.podIP ?? '<none>',
    },
    {
      name: 'Node',
      type: 'string',
      priority: 1,
      cell: ({ spec }) => spec?.nodeName || '<none>',
    },
    {
      name: 'Nominated Node',
      type: 'string',
      priority: 1,
      cell: ({ status }) => status?.nominatedNodeName || '<none>',
    },
    { name: 'Readiness Gates', type: 'string', priority: 1, cell: readinessGates },
  ],
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec?.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec?.restartPolicy ?? '',
    'spec.schedulerName': ({ spec }) => spec?.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec?.serviceAccountName ?? '',
    'spec.hostNetwork': ({ spec }) => String(spec?.hostNetwork ?? false),
    'status.phase': ({ status }) => status?.phase ?? '',
    'status.podIP': ({ status }) => status?.podIP ?? '',
    'status.nominatedNodeName': ({ status }) => status?.nominatedNodeName ?? '',
  },
  prepare: ({ operation, object, subresource }) => {
    // Go writes these times of a condition even when nobody has set them.
    for (const condition of object.status?.conditions ?? []) {
      Object.assign(condition, { ...NO_TIMES, ...condition })
    }
    if (subresource || !object.spec) return
    defaultPodSpec(object.spec)
    if (operation === 'create') object.status = { phase: 'Pending', qosClass: qosClass(object) }
  },
  admit: ({ object, oldObject }) => {
    const causes = podCauses(object, oldObject)
    if (causes.length > 0) {
      throw statusErrors.invalid(pod, object.metadata?.name ?? '', causes)
    }
  },
  deletionGracePeriod: ({ spec, status }, requested) => {
    // Nothing runs (yet or any more): nobody has to end it.
    if (!spec?.nodeName || status?.phase === 'Succeeded' || status?.phase === 'Failed') return 0
    return requested ?? spec.terminationGracePeriodSeconds ?? 30
  },
})

function readinessGates({ spec, status }: Pod): string {
  const gates = spec?.readinessGates ?? []
  if (gates.length === 0) return '<none>'
  const met = gates.filter(({ conditionType }) =>
    status?.conditions?.some(
      ({ type, status: state }) => type === conditionType && state === 'True',
    ),
  )
  return `${met.length}/${gates.length}`
}
