import { RESOURCES, type KubernetesClient, type KubernetesObject } from '@virtdeck/kubernetes'
import { linesOf } from './prometheus-text.ts'
import type { MetricsReader } from './metrics-collector.ts'
import type { Reading } from './reading.ts'
import { VirtHandlerReadings } from './virt-handler-readings.ts'

const SELECTOR = 'kubevirt.io=virt-handler'
const PORT = 8443
/** Nodes asked at once. */
const CONCURRENCY = 8

/** What KubeVirt itself measures, asked of every node through the API server's pod proxy. */
export function virtHandlerReader(client: KubernetesClient): MetricsReader {
  return {
    source: 'virt-handler',
    read: async (signal) => {
      const { items } = await client.list(RESOURCES.pods, { labelSelector: SELECTOR, signal })
      const pods = items.filter(isRunning)
      if (pods.length === 0) throw new Error('no pod of virt-handler runs in this cluster')
      const readings: Reading[] = []
      const failures: unknown[] = []
      const waiting = [...pods]
      const work = async () => {
        for (let pod = waiting.pop(); pod; pod = waiting.pop()) {
          try {
            readings.push(...(await readPod(client, pod, signal)))
          } catch (error) {
            failures.push(error)
          }
        }
      }
      await Promise.all(Array.from({ length: CONCURRENCY }, work))
      // One node that does not answer leaves the others' figures.
      if (failures.length === pods.length) throw failures[0]
      return readings
    },
  }
}

async function readPod(
  client: KubernetesClient,
  { metadata }: KubernetesObject,
  signal: AbortSignal,
): Promise<Reading[]> {
  const { namespace = '', name = '' } = metadata ?? {}
  const path = `/api/v1/namespaces/${namespace}/pods/https:${name}:${PORT}/proxy/metrics`
  const response = await client.request({ method: 'GET', path, signal })
  const readings = new VirtHandlerReadings(name)
  for await (const line of linesOf(response.chunks())) readings.add(line)
  return readings.list()
}

const isRunning = (pod: KubernetesObject): boolean =>
  (pod as { status?: { phase?: string } }).status?.phase === 'Running'
