import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { spliceToNodeAgent } from './node-agent.ts'
import { containerOf, containerStatusOf, podOf } from './pod-containers.ts'
import type { SubresourceHandler, SubresourceRequest } from './subresource.ts'

/** Where a request goes on its pod's node; throws what a kube-apiserver or kubelet would say. */
type Route = (request: SubresourceRequest, pod: Pod) => string

/** Streams between a client and a pod: joined to the node agent's, as with a kubelet. */
export const podStreams: SubresourceHandler[] = [
  stream('exec', 'PodExecOptions', commandRoute('exec')),
  stream('attach', 'PodAttachOptions', commandRoute('attach')),
  stream('portforward', 'PodPortForwardOptions', portForwardRoute),
]

function stream(subresource: string, kind: string, route: Route): SubresourceHandler {
  const prepare = (request: SubresourceRequest) => {
    const pod = podOf(request)
    const path = route(request, pod)
    return { nodeName: pod.spec?.nodeName ?? '', path }
  }
  return {
    group: '',
    versions: ['v1'],
    resource: 'pods',
    subresource,
    scope: 'object',
    namespaced: true,
    methods: ['GET', 'POST'],
    discovery: { kind, verbs: ['create', 'get'] },
    handle: async (request) => {
      prepare(request)
      throw statusErrors.badRequest('Upgrade request required')
    },
    upgrade: async (request, connection) => {
      const target = prepare(request)
      await spliceToNodeAgent(request, target, connection)
    },
  }
}

/** The names of a kubelet's query differ from those of the API. */
const KUBELET_FLAGS = { stdin: 'input', stdout: 'output', stderr: 'error', tty: 'tty' }

function commandRoute(kind: 'exec' | 'attach'): Route {
  return ({ url: { searchParams }, namespace, name }, pod) => {
    const container = containerOf(pod, searchParams.get('container'))
    const query = new URLSearchParams()
    for (const [api, kubelet] of Object.entries(KUBELET_FLAGS)) {
      if (['true', '1'].includes(searchParams.get(api) ?? '')) query.set(kubelet, '1')
    }
    for (const word of searchParams.getAll('command')) query.append('command', word)
    requireNode(pod)
    requireRunning(pod, container)
    return `/${kind}/${namespace}/${name}/${container}?${query.toString()}`
  }
}

function portForwardRoute({ namespace, name }: SubresourceRequest, pod: Pod): string {
  requireNode(pod)
  const { phase } = pod.status ?? {}
  if (phase !== 'Running') {
    throw statusErrors.badRequest(
      `unable to forward port because pod is not running. Current status=${phase}`,
    )
  }
  return `/portForward/${namespace}/${name}`
}

function requireNode({ metadata, spec }: Pod): void {
  if (spec?.nodeName) return
  throw statusErrors.badRequest(`pod ${metadata?.name} does not have a host assigned`)
}

function requireRunning(pod: Pod, container: string): void {
  if (containerStatusOf(pod, container)?.state?.running) return
  // A kubelet's words: it looks among the containers that run.
  throw statusErrors.badRequest(
    `unable to upgrade connection: container not found ("${container}")`,
  )
}
