import type { IncomingMessage, ServerResponse } from 'node:http'
import { statusErrors } from '@virtdeck/kubernetes'
import type { User } from '../access/user.ts'
import type { SubresourceHandler, SubresourceRequest } from '../subresources/subresource.ts'
import type { Cluster } from './cluster.ts'
import { isDryRun, warn } from './request-context.ts'
import type { ResourceRequest } from './request-info.ts'
import { readObject } from './body.ts'
import { PlainTextError, send } from './respond.ts'

/** A server of its own behind the API server, with plainer words for what it does not know. */
export const VIRT_API = 'subresources.kubevirt.io'

/** The handler that a request's path names. */
export function findSubresource(
  handlers: readonly SubresourceHandler[],
  info: ResourceRequest,
): SubresourceHandler | undefined {
  return handlers.find((handler) => {
    if (handler.group !== info.group || handler.resource !== info.resource) return false
    if (!handler.versions.includes(info.version)) return false
    if (handler.scope === 'kind') return info.subresource === ''
    if (handler.scope !== 'object') {
      const scoped = handler.scope === 'namespace'
      return info.name === '' && (info.namespace !== '') === scoped
    }
    const namespaced = info.resource === 'namespaces' ? false : info.namespace !== ''
    return (
      info.subresource !== '' &&
      handler.subresource === info.subresource &&
      namespaced === handler.namespaced
    )
  })
}

/** What a handler gets to see of a request. */
export function subresourceRequest(options: {
  cluster: Cluster
  message: IncomingMessage
  response: ServerResponse | undefined
  url: URL
  info: ResourceRequest
  user: User
}): SubresourceRequest {
  const { cluster, message, response, url, info, user } = options
  const gone = new AbortController()
  const target = response ?? message.socket
  target.once('close', () => gone.abort())
  let body: Promise<unknown> | undefined
  return {
    user,
    method: message.method ?? 'GET',
    url,
    headers: message.headers,
    version: info.version,
    namespace: info.resource === 'namespaces' ? '' : info.namespace,
    name: info.name,
    rest: info.rest,
    body: () => (body ??= readObject(message)),
    dryRun: isDryRun(url.searchParams.getAll('dryRun')),
    warn: (text) => {
      if (response !== undefined) warn(response, text)
    },
    services: cluster.services,
    signal: gone.signal,
  }
}

/** Lets the handler answer. */
export async function answerSubresource(
  handler: SubresourceHandler,
  request: SubresourceRequest,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!handler.methods.includes(request.method)) {
    if (handler.group !== VIRT_API) throw statusErrors.methodNotAllowed()
    const headers = { Allow: handler.methods.join(', ') }
    throw new PlainTextError(405, '405: Method Not Allowed', headers)
  }
  const answer = await handler.handle(request, response)
  if (answer === undefined) return
  const { status, headers = {}, body } = answer
  if (body === undefined) return send(message, response, { status, headers })
  if (typeof body === 'string') {
    const contentType = 'text/plain; charset=utf-8'
    return send(message, response, {
      status,
      headers: { 'Content-Type': contentType, ...headers },
      body,
    })
  }
  if (body instanceof Uint8Array) return send(message, response, { status, headers, body })
  const text = JSON.stringify(body)
  await send(message, response, {
    status,
    contentType: 'application/json',
    headers,
    body: text,
  })
}
