import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import { mediaTypeOf, parseBody, readBody } from '../body.ts'
import { applyJsonPatch } from '../patch/json-patch.ts'
import { applyMergePatch } from '../patch/merge-patch.ts'
import { applyStrategicMergePatch } from '../patch/strategic-merge-patch.ts'
import { writeOptionsOf, type RequestContext } from '../request-context.ts'
import { apiVersionOf } from '../resource-index.ts'
import { applyObject } from './apply.ts'
import { sendObject } from './read.ts'

type Patch = (target: unknown, patch: unknown) => unknown

const PATCHES: Record<string, Patch> = {
  'application/json-patch+json': applyJsonPatch,
  'application/merge-patch+json': applyMergePatch,
  'application/strategic-merge-patch+json': applyStrategicMergePatch,
}

const APPLY = 'application/apply-patch+yaml'
const STRATEGIC = 'application/strategic-merge-patch+json'

function unsupported(custom: boolean, known: boolean): Error {
  return statusErrors.other(
    415,
    'UnsupportedMediaType',
    custom && known
      ? 'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml'
      : '415: Unsupported Media Type',
    {},
  )
}

/** PATCH of an object or its status. */
export async function patchObject(context: RequestContext): Promise<void> {
  const { cluster, definition, info, request } = context
  const mediaType = mediaTypeOf(request)
  if (mediaType === APPLY) return applyObject(context)
  const patch = PATCHES[mediaType]
  if (patch === undefined || (definition.custom && mediaType === STRATEGIC)) {
    throw unsupported(definition.custom, patch !== undefined)
  }
  const body = await parseBody(await readBody(request), 'application/json')
  const json = await cluster.writer.update({
    definition,
    namespace: info.namespace,
    name: info.name,
    subresource: info.subresource || undefined,
    change: (old) => patched(context, old, (target) => patch(target, body)),
    options: writeOptionsOf(context),
  })
  await sendObject(context, 200, json)
}

/** Applies a patch to the object as the URL's version shows it. */
function patched(
  { definition, info }: RequestContext,
  old: KubernetesObject,
  patch: (target: unknown) => unknown,
): KubernetesObject {
  old.apiVersion = apiVersionOf(definition, info.version)
  const result = patch(old)
  if (typeof result !== 'object' || result === null || Array.isArray(result)) {
    throw statusErrors.badRequest('the patch does not lead to an object')
  }
  const object = result as KubernetesObject
  const name = object.metadata?.name
  if (name !== undefined && name !== info.name) {
    throw statusErrors.badRequest(
      `the name of the object (${name}) does not match the name on the URL (${info.name})`,
    )
  }
  return object
}
