import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { statusErrors } from '@virtdeck/kubernetes'
import { forbidden } from '../access/forbidden.ts'
import type { AccessAttributes } from '../access/rbac-rules.ts'
import { answerReview, findReview, REVIEWS, type Review } from '../access/reviews.ts'
import type { User } from '../access/user.ts'
import { byGeneration } from './by-generation.ts'
import type { Cluster } from './cluster.ts'
import { Discovery } from './discovery.ts'
import { dispatch } from './dispatch.ts'
import { healthAnswer } from './health.ts'
import { tokenDocument } from './token-documents.ts'
import { entriesOfPosted } from './managed-fields/managed-fields.ts'
import { answerOpenApi } from './openapi-paths.ts'
import { readObjectBody } from './request-context.ts'
import {
  requestInfoOf,
  selectedName,
  type PathRequest,
  type RequestInfo,
  type ResourceRequest,
} from './request-info.ts'
import { PageNotFoundError, PlainTextError, send, sendError } from './respond.ts'
import {
  answerSubresource,
  findSubresource,
  subresourceRequest,
  VIRT_API,
} from './subresource-dispatch.ts'

/** A request that is authenticated and authorised. */
export interface Admitted {
  url: URL
  info: RequestInfo
  user: User
}

function attributesOf(info: RequestInfo, url: URL): AccessAttributes {
  if (info.kind === 'path') return { verb: info.verb, path: info.path }
  const { verb, group, resource, subresource, namespace } = info
  const name = info.name === '' ? selectedName(url) : info.name
  return { verb, group, resource, subresource, namespace, name }
}

/** Finds out who asks and whether they may; throws 401 or 403. */
export function admit(cluster: Cluster, request: IncomingMessage): Admitted {
  const url = new URL(request.url ?? '/', 'https://kubernetes')
  const info = requestInfoOf(request.method ?? 'GET', url)
  const user = cluster.authenticator.userOf(request.headers)
  const attributes = attributesOf(info, url)
  const unguarded =
    info.kind === 'resource' && findSubresource(cluster.subresources, info)?.unguarded === true
  const known = user.groups.includes('system:authenticated')
  if (!(unguarded && known)) {
    const { allowed, reason } = cluster.rbac.decide(user, attributes)
    if (!allowed) throw forbidden(user, attributes, reason)
  }
  return { url, info, user }
}

/** The function that answers the requests of the HTTPS server. */
export function requestHandler(
  cluster: Cluster,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const discovery = byGeneration(
    cluster.resources,
    () =>
      new Discovery({
        resources: cluster.resources.all,
        subresources: cluster.subresources,
        virtual: REVIEWS,
        address: cluster.address,
      }),
  )
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { url, info, user } = admit(cluster, request)
    if (info.kind === 'path') {
      await answerPath({ cluster, discovery: discovery(), request, response, url, info })
      return
    }
    const review = findReview(info.group, info.version, info.resource)
    if (review !== undefined) {
      await answerReviewRequest({ cluster, review, request, response, user, info })
      return
    }
    const handler = findSubresource(cluster.subresources, info)
    if (handler !== undefined) {
      const call = subresourceRequest({ cluster, message: request, response, url, info, user })
      await answerSubresource(handler, call, request, response)
      return
    }
    const definition = cluster.resources.find(info.group, info.resource)
    if (definition === undefined || !definition.versions.includes(info.version)) {
      // The groups of built-in kinds have routers that answer themselves; behind them is nothing.
      const { all } = cluster.resources
      const routed =
        all.some(({ custom, group }) => !custom && group === info.group) ||
        REVIEWS.some(({ group }) => group === info.group)
      if (info.group === VIRT_API) throw new PlainTextError(404, '404: Page Not Found')
      throw routed ? statusErrors.noSuchResource() : new PageNotFoundError()
    }
    await dispatch({ cluster, request, response, url, info, user, definition })
  }
  return async (request, response) => {
    response.setHeader('Audit-Id', String(request.headers['audit-id'] ?? randomUUID()))
    try {
      await answer(request, response)
    } catch (error) {
      await sendError(request, response, error).catch(() => response.destroy())
    }
  }
}

async function answerPath(options: {
  cluster: Cluster
  discovery: Discovery
  request: IncomingMessage
  response: ServerResponse
  url: URL
  info: PathRequest
}): Promise<void> {
  const { cluster, discovery, request, response, url, info } = options
  const { path } = info
  if (path === '/openapi' || path.startsWith('/openapi/')) {
    await answerOpenApi(cluster, url, request, response)
    return
  }
  const document = discovery.answer(path, request.headers.accept)
  if (document !== undefined) {
    const { contentType, body } = document
    const text = JSON.stringify(body)
    await send(request, response, { status: 200, contentType, body: text })
    return
  }
  const keys = tokenDocument(path, cluster)
  if (keys !== undefined) {
    await send(request, response, { status: 200, ...keys })
    return
  }
  const health = healthAnswer(url)
  if (typeof health === 'object') {
    const body = JSON.stringify(health)
    await send(request, response, { status: 200, contentType: 'application/json', body })
    return
  }
  await send(request, response, {
    status: health === undefined ? 404 : 200,
    contentType: 'text/plain; charset=utf-8',
    body: health ?? '404 page not found\n',
  })
}

async function answerReviewRequest(options: {
  cluster: Cluster
  review: Review
  request: IncomingMessage
  response: ServerResponse
  user: User
  info: ResourceRequest
}): Promise<void> {
  const { cluster, review, request, response, user, info } = options
  if (info.verb !== 'create' || info.name !== '') throw statusErrors.methodNotAllowed()
  const body = (await readObjectBody(request)) ?? {}
  const { rbac, authenticator } = cluster
  const { namespace } = info
  const manager = (request.headers['user-agent'] ?? '').split('/')[0] || 'unknown'
  const apiVersion = `${review.group}/${review.version}`
  // The answer of a real one to a rules review has none: that spec is not answered either.
  const fields =
    review.resource === 'selfsubjectrulesreviews'
      ? undefined
      : entriesOfPosted(body, { apiVersion, manager })
  const answer = answerReview(review, body, { rbac, authenticator, user, namespace }, fields)
  const text = JSON.stringify(answer)
  await send(request, response, { status: 201, contentType: 'application/json', body: text })
}
