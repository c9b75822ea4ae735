import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import { mediaTypeOf, readBody } from '../body.ts'
import { goJsonError } from '../go-json-error.ts'
import { invalidOptions } from '../option-rules.ts'
import { checkNamespace } from '../posted-kind.ts'
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
const MERGE = 'application/merge-patch+json'
const JSON_PATCH = 'application/json-patch+json'
const MOST_OPERATIONS = 10_000

/** The handler of custom resources says what it takes, the router of built-in kinds does not. */
function unsupported(custom: boolean): Error {
  return custom
    ? statusErrors.unsupportedMediaType(
        'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
      )
    : statusErrors.other(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {})
}

/** Reads a patch; throws 400 in the words of its decoder. */
async function readPatch(context: RequestContext, mediaType: string): Promise<unknown> {
  const text = (await readBody(context.request)).toString('utf8')
  const problem = goJsonError(text)
  if (problem !== undefined) {
    throw statusErrors.badRequest(
      mediaType === MERGE ? `error decoding patch: ${problem}` : problem,
    )
  }
  const patch: unknown = JSON.parse(text)
  if (mediaType === JSON_PATCH && !Array.isArray(patch)) {
    const found = patch === null ? 'null' : typeof patch === 'boolean' ? 'bool' : typeof patch
    throw statusErrors.badRequest(
      `json: cannot unmarshal ${found} into Go value of type jsonpatch.Patch`,
    )
  }
  if (Array.isArray(patch) && patch.length > MOST_OPERATIONS) {
    throw statusErrors.other(
      413,
      'RequestEntityTooLarge',
      `Request entity too large: The allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${patch.length}`,
    )
  }
  return patch
}

/** PATCH of an object or its status. */
export async function patchObject(context: RequestContext): Promise<void> {
  const { cluster, definition, info, request } = context
  const mediaType = mediaTypeOf(request)
  if (mediaType === APPLY) return applyObject(context)
  const patch = PATCHES[mediaType]
  if (patch === undefined || (definition.custom && mediaType === STRATEGIC)) {
    throw unsupported(definition.custom)
  }
  const options = writeOptionsOf(context, 'PatchOptions')
  if (context.url.searchParams.has('force')) {
    throw invalidOptions('PatchOptions', [
      {
        reason: 'FieldValueForbidden',
        message: 'Forbidden: may not be specified for non-apply patch',
        field: 'force',
      },
    ])
  }
  const body = await readPatch(context, mediaType)
  let result: KubernetesObject = {}
  const json = await cluster.writer.update({
    definition,
    namespace: info.namespace,
    name: info.name,
    subresource: info.subresource || undefined,
    change: (old) => {
      const object = patched(context, old, (target) => patch(target, body))
      result = structuredClone(object)
      return object
    },
    options: {
      ...options,
      strictRefusal: (findings) =>
        strictRefusal(mediaType === STRATEGIC ? goText(body) : sortedJson(result), findings),
    },
  })
  await sendObject(context, 200, json)
}

/** 422 of a patch that leads to unknown fields: it shows the whole, and has no name or kind. */
function strictRefusal(text: string, findings: string[]): Error {
  return statusErrors.invalid({ group: '', kind: '' }, '', [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(text)}: strict decoding error: ${findings.join(', ')}`,
      field: 'patch',
    },
  ])
}

/** JSON as Go writes maps: keys sorted. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  )
}

/** A value as Go's `%+v` prints it. */
function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return `map[${entries.map(([key, entry]) => `${key}:${goText(entry)}`).join(' ')}]`
  }
  if (typeof value === 'string') return value
  return value === null || value === undefined ? '<nil>' : JSON.stringify(value)
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
  checkNamespace(definition, info.namespace, object)
  const name = object.metadata?.name
  if (name !== undefined && name !== info.name) {
    throw statusErrors.badRequest(
      `the name of the object (${name}) does not match the name on the URL (${info.name})`,
    )
  }
  return object
}
