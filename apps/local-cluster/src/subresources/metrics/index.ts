import type {
  IoK8sApiCoreV1Node as Node,
  IoK8sApiCoreV1Pod as Pod,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import {
  type KubernetesObject,
  matchesFields,
  matchesLabels,
  parseFieldSelector,
  parseLabelSelector,
  statusErrors,
} from '@virtdeck/kubernetes'
import type { SubresourceHandler, SubresourceRequest } from '../subresource.ts'
import { type AgentStats, readStats } from './agent-stats.ts'
import { type Metrics, METRICS_API, nodeMetrics, podMetrics } from './metrics.ts'
import { metricsTable } from './table.ts'

type Measure = (object: KubernetesObject, stats: Map<string, AgentStats>) => Metrics | undefined

/** `metrics.k8s.io`, which a real cluster's metrics-server adds: read from the agents when asked. */
export const metrics: SubresourceHandler[] = [
  kind({ resource: 'nodes', kind: 'NodeMetrics', namespaced: false }, (object, stats) => {
    const node = object as Node
    const measured = stats.get(node.metadata?.name ?? '')
    return measured && nodeMetrics(node, measured)
  }),
  kind({ resource: 'pods', kind: 'PodMetrics', namespaced: true }, (object, stats) => {
    const pod = object as Pod
    const measured = stats.get(pod.spec?.nodeName ?? '')
    return pod.status?.phase === 'Running' && measured ? podMetrics(pod, measured) : undefined
  }),
]

function kind(
  name: { resource: string; kind: string; namespaced: boolean },
  measure: Measure,
): SubresourceHandler {
  return {
    group: 'metrics.k8s.io',
    versions: ['v1beta1'],
    resource: name.resource,
    subresource: undefined,
    scope: 'kind',
    namespaced: name.namespaced,
    methods: ['GET'],
    discovery: { kind: name.kind, verbs: ['get', 'list'] },
    handle: async (request) => {
      const objects = selected(request, name.resource)
      const stats = await readStats(request)
      const items = objects.flatMap((object) => measure(object, stats) ?? [])
      return { status: 200, body: answerOf(request, name, items) }
    },
  }
}

function answerOf(
  { name, headers, url }: SubresourceRequest,
  { resource, kind: itemKind }: { resource: string; kind: string },
  items: Metrics[],
): object {
  const [first] = items
  if (name !== '' && !first) {
    throw statusErrors.notFound({ group: 'metrics.k8s.io', resource }, name)
  }
  if (/;as=Table\b/.test(headers.accept ?? '')) {
    return metricsTable(items, url.searchParams.get('includeObject') ?? 'Metadata')
  }
  if (name !== '' && first) return first
  const list = { kind: `${itemKind}List`, apiVersion: METRICS_API, metadata: {} }
  return { ...list, items }
}

/** The nodes or pods that are asked about. */
function selected(
  { services, namespace, name, url }: SubresourceRequest,
  resource: string,
): KubernetesObject[] {
  const { objects } = services
  if (name !== '') {
    const key = { group: '', resource, name, ...(namespace && { namespace }) }
    const found = objects.find(key)
    return found ? [found] : []
  }
  const labels = orRefuse(() => parseLabelSelector(url.searchParams.get('labelSelector') ?? ''))
  const fields = orRefuse(() => parseFieldSelector(url.searchParams.get('fieldSelector') ?? ''))
  const all = objects.list({ group: '', resource, ...(namespace && { namespace }) })
  return all.filter(
    ({ metadata }) =>
      matchesLabels(labels, metadata?.labels) &&
      matchesFields(fields, (path) =>
        path === 'metadata.name'
          ? (metadata?.name ?? '')
          : path === 'metadata.namespace'
            ? (metadata?.namespace ?? '')
            : '',
      ),
  )
}

function orRefuse<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw statusErrors.badRequest(error instanceof Error ? error.message : String(error))
  }
}
