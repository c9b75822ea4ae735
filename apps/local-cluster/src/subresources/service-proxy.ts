import { request as httpRequest, type IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import type { SubresourceHandler, SubresourceRequest } from './subresource.ts'

const SERVICES = { group: '', resource: 'services' }
const TOKEN_HEADER = 'x-kubevirt-export-token'

/**
 * `GET …/services/https:virt-export-NAME:443/proxy/volumes/…`: the disks of an export. Nothing
 * else in this cluster listens behind a Service for the API server to reach.
 */
export const serviceProxy: SubresourceHandler = {
  ...SERVICES,
  versions: ['v1'],
  subresource: 'proxy',
  scope: 'object',
  namespaced: true,
  methods: ['GET'],
  discovery: {
    kind: 'ServiceProxyOptions',
    verbs: ['create', 'delete', 'get', 'patch', 'update'],
  },
  handle: async (request, raw) => {
    const service = serviceOf(request)
    const vmExport = exportOf(service)
    const answer = vmExport && (await ask(request, vmExport))
    if (!answer) {
      const { name = '' } = service.metadata ?? {}
      throw statusErrors.other(
        503,
        'ServiceUnavailable',
        `no endpoints available for service "${name}"`,
      )
    }
    raw.writeHead(answer.statusCode ?? 502, answer.headers)
    // Who goes away early ends the answer: that is no error.
    await pipeline(answer, raw, { signal: request.signal }).catch(() => raw.destroy())
    return undefined
  },
}

/** `name`, `name:port` or `scheme:name:port`. */
function serviceOf({ services, namespace, name: text }: SubresourceRequest): KubernetesObject {
  const parts = text.split(':')
  if (parts.length > 3) throw statusErrors.badRequest(`invalid service request "${text}"`)
  const name = (parts.length === 3 ? parts[1] : parts[0]) ?? ''
  const service = services.objects.find({ ...SERVICES, namespace, name })
  if (!service) throw statusErrors.notFound(SERVICES, name)
  return service
}

const exportOf = ({ metadata }: KubernetesObject): string | undefined =>
  metadata?.ownerReferences?.find(({ kind }) => kind === 'VirtualMachineExport')?.name

/** Asks the exporter; undefined if it does not listen. */
function ask(
  { services, namespace, rest, headers, signal }: SubresourceRequest,
  vmExport: string,
): Promise<IncomingMessage | undefined> {
  const path = [namespace, vmExport, ...rest].map(encodeURIComponent).join('/')
  const token = headers[TOKEN_HEADER]
  return new Promise((resolve) => {
    const request = httpRequest({
      socketPath: services.exporterSocket,
      path: `/${path}`,
      signal,
      headers: { ...(typeof token === 'string' && { [TOKEN_HEADER]: token }) },
    })
    request.once('response', resolve)
    request.once('error', () => resolve(undefined))
    request.end()
  })
}
