import type { IoK8sApiCoreV1Node as Node } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { type StatusCause, statusErrors } from '@virtdeck/kubernetes'
import { AGE } from './columns.ts'
import { builtInKind } from './define.ts'
import { invalid, required, when } from './field-errors.ts'
import { labelValueProblems, qualifiedNameProblems } from './names.ts'

const NOT_READY = 'node.kubernetes.io/not-ready'
/** What Go writes of a status that nobody has set yet. */
const EMPTY_STATUS: object = {
  daemonEndpoints: { kubeletEndpoint: { Port: 0 } },
  nodeInfo: {
    machineID: '',
    systemUUID: '',
    bootID: '',
    kernelVersion: '',
    osImage: '',
    containerRuntimeVersion: '',
    kubeletVersion: '',
    kubeProxyVersion: '',
    operatingSystem: '',
    architecture: '',
  },
}
const ROLE_LABEL = 'node-role.kubernetes.io/'

export const node = builtInKind<Node>({
  group: '',
  versions: ['v1'],
  kind: 'Node',
  resource: 'nodes',
  component: 'io.k8s.api.core.v1.Node',
  shortNames: ['no'],
  namespaced: false,
  hasStatus: true,
  columns: [
    {
      name: 'Status',
      type: 'string',
      description: 'The status of the node',
      cell: nodeStatus,
    },
    {
      name: 'Roles',
      type: 'string',
      description: 'The roles of the node',
      cell: ({ metadata }) =>
        Object.keys(metadata?.labels ?? {})
          .filter((label) => label.startsWith(ROLE_LABEL))
          .map((label) => label.slice(ROLE_LABEL.length))
          .toSorted()
          .join(',') || '<none>',
    },
    AGE,
    {
      name: 'Version',
      type: 'string',
      description: 'Kubelet Version reported by the node.',
      cell: ({ status }) => status?.nodeInfo?.kubeletVersion ?? '',
    },
    { ...wide('Internal-IP'), cell: (object) => address(object, 'InternalIP') },
    { ...wide('External-IP'), cell: (object) => address(object, 'ExternalIP') },
    { ...wide('OS-Image'), cell: ({ status }) => status?.nodeInfo?.osImage || '<unknown>' },
    {
      ...wide('Kernel-Version'),
      cell: ({ status }) => status?.nodeInfo?.kernelVersion || '<unknown>',
    },
    {
      ...wide('Container-Runtime'),
      cell: ({ status }) => status?.nodeInfo?.containerRuntimeVersion || '<unknown>',
    },
  ],
  selectableFields: {
    'spec.unschedulable': ({ spec }) => String(spec?.unschedulable ?? false),
  },
  prepare: ({ operation, object }) => {
    object.spec ??= {}
    if (operation !== 'create') return
    // No work until the node says that it is ready: what TaintNodesByCondition does.
    const taints = object.spec.taints ?? []
    if (!taints.some(({ key }) => key === NOT_READY)) {
      object.spec.taints = [...taints, { key: NOT_READY, effect: 'NoSchedule' }]
    }
    object.status = { ...EMPTY_STATUS, ...object.status }
  },
  admit: ({ object }) => {
    const causes = taintCauses(object)
    if (causes.length > 0) throw statusErrors.invalid(node, object.metadata?.name ?? '', causes)
  },
})

function wide(name: string) {
  return { name, type: 'string', priority: 1 } as const
}

function nodeStatus({ spec, status }: Node): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')
  const parts = [ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown']
  if (spec?.unschedulable) parts.push('SchedulingDisabled')
  return parts.join(',')
}

function address({ status }: Node, type: string): string {
  return status?.addresses?.find((entry) => entry.type === type)?.address ?? '<none>'
}

function taintCauses({ spec }: Node): StatusCause[] {
  const taints = spec?.taints ?? []
  return taints.flatMap(({ key, value = '', effect }, index) => {
    const at = `spec.taints[${index}]`
    const first = taints.findIndex((other) => other.key === key && other.effect === effect)
    return [
      ...qualifiedNameProblems(key).map((problem) => invalid(`${at}.key`, key, problem)),
      ...labelValueProblems(value).map((problem) => invalid(`${at}.value`, value, problem)),
      ...when(!effect, () => required(`${at}.effect`)),
      ...when(first < index, () => ({
        reason: 'FieldValueDuplicate',
        message: `Duplicate value: core.Taint{Key:"${key}", Value:"${value}", Effect:"${effect}", TimeAdded:<nil>}`,
        field: at,
      })),
    ]
  })
}
