import {
  parseQuantity,
  type KubernetesClient,
  type KubernetesObject,
} from '@virtdeck/kubernetes'
import type { MetricsReader } from './metrics-collector.ts'
import type { Reading } from './reading.ts'

const POD_METRICS = {
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  resource: 'pods',
  kind: 'PodMetrics',
  namespaced: true,
}
const SELECTOR = 'kubevirt.io=virt-launcher'
const NAME_LABEL = 'vm.kubevirt.io/name'
const MILLI = 1_000

interface PodMetrics extends KubernetesObject {
  containers?: { name: string; usage?: { cpu?: string; memory?: string } }[]
}

/** CPU and memory of the launcher pods: all that metrics-server knows, and readable for most. */
export function podMetricsReader(client: KubernetesClient, namespace?: string): MetricsReader {
  return {
    source: 'pod-metrics',
    read: async (signal) => {
      const { items } = await client.list<PodMetrics>(POD_METRICS, {
        namespace,
        labelSelector: SELECTOR,
        signal,
      })
      return items.flatMap((pod) => readingOf(pod) ?? [])
    },
  }
}

function readingOf({ metadata, containers = [] }: PodMetrics): Reading | undefined {
  const { namespace, name: pod = '', labels } = metadata ?? {}
  const name = labels?.[NAME_LABEL]
  const usage = containers.find((container) => container.name === 'compute')?.usage
  if (namespace === undefined || name === undefined || !usage) return undefined
  const cpu = parseQuantity(usage.cpu ?? '')
  const memoryBytes = parseQuantity(usage.memory ?? '')
  return {
    key: `${namespace}/${name}`,
    node: pod,
    ...(cpu !== undefined && { cpuMillicores: cpu * MILLI }),
    ...(memoryBytes !== undefined && { memoryBytes }),
  }
}
