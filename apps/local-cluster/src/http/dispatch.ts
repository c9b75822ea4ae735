import { statusErrors } from '@virtdeck/kubernetes'
import type { RequestContext } from './request-context.ts'
import { answerScale } from './scale.ts'
import { warn } from './request-context.ts'
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
  const { verb, subresource, rest, name, version } = info
  const deprecation = definition.deprecatedVersions?.[version]
  if (deprecation !== undefined) warn(response, deprecation)
  if (subresource !== '') {
    const scales = subresource === 'scale' && definition.scale !== undefined
    const known = scales || (subresource === 'status' && definition.hasStatus)
    if (!known || rest.length > 0) throw statusErrors.noSuchResource()
    if (!STATUS_VERBS.has(verb)) throw statusErrors.methodNotAllowed()
    if (scales) return answerScale(context)
  }
  const handler = VERBS[verb]
  const allowed = definition.verbs?.includes(verb) ?? true
  if (handler === undefined || (name !== '' && verb === 'create')) {
    throw statusErrors.methodNotAllowed()
  }
  if (!allowed && subresource === '') throw statusErrors.methodNotAllowed()
  const misplaced =
    !definition.namespaced && info.namespace !== '' && info.resource !== 'namespaces'
  if (misplaced || (definition.namespaced && info.namespace === '' && name !== '')) {
    throw statusErrors.noSuchResource()
  }
  await handler(context)
}
