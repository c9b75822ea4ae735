import type {
  IoK8sApiCoreV1Node as Node,
  IoK8sApiCoreV1Pod as Pod,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { AgentStats } from './agent-stats.ts'

/** Metrics as metrics-server tells them; the published types do not know these kinds. */
export interface Metrics {
  kind: 'NodeMetrics' | 'PodMetrics'
  apiVersion: string
  metadata: {
    name: string
    namespace?: string
    creationTimestamp: string
    labels?: Record<string, string>
  }
  timestamp: string
  window: string
  usage?: Usage
  containers?: { name: string; usage: Usage }[]
}

interface Usage {
  cpu: string
  memory: string
}

export const METRICS_API = 'metrics.k8s.io/v1beta1'
/** The agents' rates are over at least this long. */
const WINDOW = '10s'
const KIB = 1024
const NOTHING = { cpuMillicores: 0, memoryBytes: 0 }

export function nodeMetrics({ metadata }: Node, { node, time }: AgentStats): Metrics {
  return {
    kind: 'NodeMetrics',
    apiVersion: METRICS_API,
    metadata: metadataOf(metadata),
    timestamp: secondsOf(time),
    window: WINDOW,
    usage: usageOf(node),
  }
}

/** What a launcher pod uses is what its guest uses, in `compute`; other containers have no process. */
export function podMetrics(pod: Pod, { virtualMachineInstances, time }: AgentStats): Metrics {
  const uid = pod.metadata?.labels?.['kubevirt.io/created-by']
  const guest = virtualMachineInstances.find((one) => one.uid === uid)
  return {
    kind: 'PodMetrics',
    apiVersion: METRICS_API,
    metadata: metadataOf(pod.metadata),
    timestamp: secondsOf(time),
    window: WINDOW,
    containers: (pod.spec?.containers ?? []).map(({ name }) => ({
      name,
      usage: usageOf(name === 'compute' && guest ? guest : NOTHING),
    })),
  }
}

function metadataOf({ name = '', namespace, labels }: NonNullable<Pod['metadata']> = {}) {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    creationTimestamp: secondsOf(new Date().toISOString()),
    ...(labels === undefined ? {} : { labels }),
  }
}

const secondsOf = (time: string): string => time.replace(/\.\d+Z$/, 'Z')

export function usageOf({ cpuMillicores, memoryBytes }: typeof NOTHING): Usage {
  return {
    cpu: cpuMillicores === 0 ? '0' : `${cpuMillicores}m`,
    memory: memoryBytes === 0 ? '0' : `${Math.ceil(memoryBytes / KIB)}Ki`,
  }
}
