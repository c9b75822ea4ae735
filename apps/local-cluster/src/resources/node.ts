import type { IoK8sApiCoreV1Node as Node } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { AGE } from './columns.ts'
import { builtInKind } from './define.ts'

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
  prepare: ({ object }) => {
    object.spec ??= {}
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
