import { statusErrors } from '@virtdeck/kubernetes'
import type { RequestContext } from './request-context.ts'
import { answerScale } from './scale.ts'
import { warn } from './request-context.ts'
import { PageNotFoundError } from './respond.ts'
import { deleteCollection, deleteOne } from './verbs/delete.ts'
import { listObjects } from './verbs/list.ts'
import { patchObject } from './verbs/patch.ts'
import { getObject } from './verbs/read.ts'
import { watchObjects } from './verbs/watch.ts'
import { createObject, updateObject } from './verbs/write.ts'

type Handler = (context: RequestContext) => Promise<void>

const VERBS: Record<string, Handler> = {
  get: getObject,
  list: listObjects,
  watch: watchObjects,
  create: createObject,
  update: updateObject,
  patch: patchObject,
  delete: deleteOne,
  deletecollection: deleteCollection,
}

const STATUS_VERBS = new Set(['get', 'update', 'patch'])

/** Answers a request for a kind's objects or for the status of one. */
export async function dispatch(context: RequestContext): Promise<void> {
  const { definition, info, response } = context
  const deprecation = definition.deprecatedVersions?.[info.version]
  if (deprecation !== undefined) warn(response, deprecation)
  if (definition.custom) checkCustomRequest(context)
  else checkBuiltInRequest(context)
  if (info.subresource === 'scale') return answerScale(context)
  const handler = VERBS[info.verb]
  if (handler === undefined) throw statusErrors.methodNotAllowed()
  await handler(context)
}

const hasSubresource = ({ definition, info }: RequestContext): boolean =>
  info.rest.length === 0 &&
  ((info.subresource === 'status' && definition.hasStatus) ||
    (info.subresource === 'scale' && definition.scale !== undefined))

/** A kube-apiserver has a route for each method and path of its own kinds. */
function checkBuiltInRequest(context: RequestContext): void {
  const { definition, info } = context
  const { verb, name, subresource } = info
  const misplaced =
    !definition.namespaced && info.namespace !== '' && info.resource !== 'namespaces'
  const unplaced = definition.namespaced && info.namespace === '' && name !== ''
  if (misplaced || unplaced) throw statusErrors.noSuchResource()
  if (subresource !== '') {
    if (!hasSubresource(context)) throw statusErrors.noSuchResource()
    if (!STATUS_VERBS.has(verb)) throw statusErrors.methodNotAllowed()
    return
  }
  const onCollection = verb === 'create' || COLLECTION_VERBS.has(verb)
  const everywhere = definition.namespaced && info.namespace === ''
  if (
    onCollection === (name !== '') ||
    (everywhere && !READ_COLLECTION.has(verb)) ||
    definition.verbs?.includes(verb) === false
  ) {
    throw statusErrors.methodNotAllowed()
  }
}

const COLLECTION_VERBS = new Set(['list', 'watch', 'deletecollection'])
const READ_COLLECTION = new Set(['list', 'watch'])

/** Custom resources have one handler for everything below their group. */
function checkCustomRequest(context: RequestContext): void {
  const { definition, info } = context
  const { verb, name, subresource } = info
  const { group, resource, namespaced } = definition
  const placed = info.namespace !== ''
  if (placed ? !namespaced : namespaced && !READ_COLLECTION.has(verb)) {
    throw new PageNotFoundError()
  }
  if (subresource !== '' && !hasSubresource(context)) {
    throw statusErrors.notFound(definition, name)
  }
  const known = subresource === '' ? VERBS[verb] !== undefined : STATUS_VERBS.has(verb)
  if (!known || definition.verbs?.includes(verb) === false) {
    throw statusErrors.other(
      405,
      'MethodNotAllowed',
      `${verb} is not supported on resources of kind "${resource}.${group}"`,
      { group, kind: resource },
    )
  }
  if (name === '' && verb !== 'create' && !COLLECTION_VERBS.has(verb)) {
    throw statusErrors.badRequest('name must be provided')
  }
}
