import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import { readObjectBody, writeOptionsOf, type RequestContext } from '../request-context.ts'
import { apiVersionOf } from '../resource-index.ts'
import { sendObject } from './read.ts'

/** The body as an object of the kind that the URL names; throws 400 when it is of another. */
async function readKind(context: RequestContext): Promise<KubernetesObject> {
  const { definition, info } = context
  const body = await readObjectBody(context.request)
  if (body === undefined) {
    throw statusErrors.badRequest(
      `${definition.kind} in version "${info.version}" cannot be handled as a ${definition.kind}: EOF`,
    )
  }
  checkKind(context, body)
  return body
}

/** Throws 400 when an object's kind or version is not the URL's. */
export function checkKind(context: RequestContext, object: KubernetesObject): void {
  const { definition, info } = context
  const { kind = definition.kind, apiVersion } = object
  const expected = apiVersionOf(definition, info.version)
  if (kind !== definition.kind) {
    throw statusErrors.badRequest(
      `${kind} in version "${info.version}" cannot be handled as a ${definition.kind}: the object provided is unrecognized (must be of type ${definition.kind})`,
    )
  }
  if (apiVersion !== undefined && apiVersion !== expected) {
    throw statusErrors.badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    )
  }
}

function checkNamespace({ info, definition }: RequestContext, object: KubernetesObject): void {
  const namespace = object.metadata?.namespace ?? ''
  if (!definition.namespaced || namespace === '' || namespace === info.namespace) return
  throw statusErrors.badRequest(
    'the namespace of the provided object does not match the namespace sent on the request',
  )
}

/** POST to a collection. */
export async function createObject(context: RequestContext): Promise<void> {
  const { cluster, definition, info } = context
  if (definition.namespaced && info.namespace === '') throw statusErrors.methodNotAllowed()
  const object = await readKind(context)
  checkNamespace(context, object)
  const options = writeOptionsOf(context)
  const json = await cluster.writer.create(definition, info.namespace, object, options)
  await sendObject(context, 201, json)
}

/** PUT of an object or its status. */
export async function updateObject(context: RequestContext): Promise<void> {
  const { cluster, definition, info } = context
  const { namespace, name } = info
  const object = await readKind(context)
  checkNamespace(context, object)
  const named = object.metadata?.name ?? ''
  if (named !== name) {
    throw statusErrors.badRequest(
      named === ''
        ? 'the name of the object (based on URL) was undeterminable: name must be provided'
        : `the name of the object (${named}) does not match the name on the URL (${name})`,
    )
  }
  const json = await cluster.writer.update({
    definition,
    namespace,
    name,
    subresource: info.subresource || undefined,
    change: () => {
      if (definition.custom && !object.metadata?.resourceVersion) {
        throw statusErrors.invalid(
          { group: definition.group, kind: definition.resource },
          name,
          [
            {
              reason: 'FieldValueInvalid',
              message: 'Invalid value: 0x0: must be specified for an update',
              field: 'metadata.resourceVersion',
            },
          ],
        )
      }
      return object
    },
    options: writeOptionsOf(context),
  })
  await sendObject(context, 200, json)
}
