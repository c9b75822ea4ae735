import type { IoK8sApiCoreV1Node as Node } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { KubernetesObject } from '@virtdeck/kubernetes'
import { callNodeAgent, readBody } from '../node-agent.ts'
import type { SubresourceRequest } from '../subresource.ts'

interface Usage {
  cpuMillicores: number
  memoryBytes: number
}

/** What a node agent measures. */
export interface AgentStats {
  /** RFC 3339. */
  time: string
  node: Usage
  virtualMachineInstances: (Usage & { uid: string })[]
}

const LONGEST_MS = 3_000

/** Asks all agents at once; one that does not answer in time has no figures. */
export async function readStats(request: SubresourceRequest): Promise<Map<string, AgentStats>> {
  const nodes = request.services.objects.list({ group: '', resource: 'nodes' })
  const entries = await Promise.all(
    nodes.filter(isReady).map(async ({ metadata }) => {
      const nodeName = metadata?.name ?? ''
      const stats = await readNode(request, nodeName).catch(() => undefined)
      return stats === undefined ? [] : [[nodeName, stats] as const]
    }),
  )
  return new Map(entries.flat())
}

async function readNode(request: SubresourceRequest, nodeName: string): Promise<AgentStats> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(LONGEST_MS)])
  const call = { nodeName, method: 'GET', path: '/stats' }
  const answer = await callNodeAgent({ ...request, signal }, call)
  const body = await readBody(answer)
  if (answer.statusCode !== 200) throw new Error(`unexpected status ${answer.statusCode}`)
  return JSON.parse(body.toString()) as AgentStats
}

function isReady(node: KubernetesObject): boolean {
  const { status } = node as Node
  return (
    status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false
  )
}
