import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { pipeline } from 'node:stream/promises'
import { statusErrors } from '@virtdeck/kubernetes'
import { callNodeAgent } from './node-agent.ts'
import { PODS } from './pod-containers.ts'
import type { SubresourceHandler, SubresourceRequest } from './subresource.ts'

/** A node agent trusts the API server with all its guests: no other path of it may be asked. */
const VIRT_HANDLER_PATHS = new Set(['metrics', 'healthz'])
const VIRT_HANDLER_PORTS = new Set(['8443', 'metrics'])

/** `GET …/pods/https:virt-handler-node01:8443/proxy/metrics`, answered by the node's agent. */
export const podProxy: SubresourceHandler = {
  ...PODS,
  versions: ['v1'],
  subresource: 'proxy',
  scope: 'object',
  namespaced: true,
  methods: ['GET'],
  discovery: {
    kind: 'PodProxyOptions',
    verbs: ['create', 'delete', 'get', 'patch', 'update'],
  },
  handle: async (request, raw) => {
    const { pod, port } = targetOf(request)
    const [path = '', ...deeper] = request.rest.filter(Boolean)
    const nodeName = pod.spec?.nodeName
    if (!isVirtHandler(pod) || !VIRT_HANDLER_PORTS.has(port) || !nodeName) {
      const address = `${pod.status?.podIP ?? ''}:${port || '80'}`
      const refused = `dial tcp ${address}: connect: connection refused`
      const message = `error trying to reach service: ${refused}`
      return { status: 502, body: message }
    }
    if (deeper.length > 0 || !VIRT_HANDLER_PATHS.has(path)) {
      return { status: 404, body: '404 page not found\n' }
    }
    const answer = await callNodeAgent(request, { nodeName, method: 'GET', path: `/${path}` })
    raw.writeHead(answer.statusCode ?? 502, {
      'content-type': answer.headers['content-type'] ?? 'text/plain',
    })
    // Who goes away early ends the answer: that is no error.
    await pipeline(answer, raw, { signal: request.signal }).catch(() => raw.destroy())
    return undefined
  },
}

/** `name`, `name:port` or `scheme:name:port`. */
function targetOf({ services, namespace, name: text }: SubresourceRequest) {
  const parts = text.split(':')
  const [name = '', port = ''] = parts.length === 3 ? parts.slice(1) : parts
  if (parts.length > 3) throw statusErrors.badRequest(`invalid pod request "${text}"`)
  const pod = services.objects.find({ ...PODS, namespace, name })
  if (!pod) throw statusErrors.notFound(PODS, name)
  return { pod: pod as Pod, port }
}

const isVirtHandler = ({ metadata }: Pod): boolean =>
  metadata?.namespace === 'kubevirt' && metadata.labels?.['kubevirt.io'] === 'virt-handler'
