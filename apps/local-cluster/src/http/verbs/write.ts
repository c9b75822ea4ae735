import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import { forbidden } from '../../access/forbidden.ts'
import { mediaTypeOf, readPosted } from '../body.ts'
import { duplicateFields } from '../go-json-error.ts'
import { checkKind, checkNamespace } from '../posted-kind.ts'
import type { ResourceDefinition } from '../../registry.ts'
import { writeOptionsOf, type RequestContext } from '../request-context.ts'
import { storedResource } from '../stored-form.ts'
import { sendObject } from './read.ts'

/** The body as an object of the kind that the URL names; throws 400 when it is of another. */
async function readKind(
  context: RequestContext,
): Promise<{ object: KubernetesObject; duplicateFields: string[] }> {
  const { object, text } = await readPosted(context.request, context.definition.kind)
  checkKind(context, object, text)
  const asJson = mediaTypeOf(context.request) === 'application/json'
  return { object, duplicateFields: asJson ? duplicateFields(text) : [] }
}

/** POST to a collection. */
export async function createObject(context: RequestContext): Promise<void> {
  const { cluster, definition, info } = context
  if (definition.namespaced && info.namespace === '') throw statusErrors.methodNotAllowed()
  if (definition.terminating === true) throw terminating(definition)
  const { object, ...found } = await readKind(context)
  checkNamespace(definition, info.namespace, object)
  const options = { ...writeOptionsOf(context, 'CreateOptions'), ...found }
  const json = await cluster.writer.create(definition, info.namespace, object, options)
  await sendObject(context, 201, json)
}

/** 405 of a kind whose definition is being deleted. */
function terminating({ group, resource }: ResourceDefinition): Error {
  return statusErrors.other(
    405,
    'MethodNotAllowed',
    'create not allowed while custom resource definition is terminating',
    { group, kind: resource },
  )
}

/** PUT of an object or its status. */
export async function updateObject(context: RequestContext): Promise<void> {
  const { cluster, definition, info } = context
  const { namespace, name } = info
  const { object, ...found } = await readKind(context)
  checkNamespace(definition, info.namespace, object)
  const named = object.metadata?.name ?? ''
  if (named !== name) {
    throw statusErrors.badRequest(
      named === ''
        ? `the name of the object (${name} based on URL) was undeterminable: name must be provided`
        : `the name of the object (${named}) does not match the name on the URL (${name})`,
    )
  }
  const options = { ...writeOptionsOf(context), ...found }
  const subresource = info.subresource || undefined
  const target = { definition, namespace, name }
  if (mayCreate(context) && cluster.writer.find(target) === undefined) {
    authorizeCreation(context)
    const created = await cluster.writer.create(definition, namespace, object, options)
    await sendObject(context, 201, created)
    return
  }
  const json = await cluster.writer.update({
    ...target,
    subresource,
    change: () => {
      requireVersion(context, object)
      return object
    },
    options,
  })
  await sendObject(context, 200, json)
}

/** Kinds that a PUT may create, by resource id. */
const CREATED_BY_UPDATE = new Set([
  'endpoints',
  'events',
  'limitranges',
  'podtemplates',
  'services',
  'leases.coordination.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
  'roles.rbac.authorization.k8s.io',
])

function mayCreate({ definition, info }: RequestContext): boolean {
  return info.subresource === '' && CREATED_BY_UPDATE.has(storedResource(definition))
}

/** A PUT that creates needs the right to create, too. */
function authorizeCreation({ cluster, user, info }: RequestContext): void {
  const { group, resource, namespace, name } = info
  const attributes = { verb: 'create', group, resource, namespace, name }
  if (!cluster.rbac.allows(user, attributes)) throw forbidden(user, attributes)
}

/** Kinds besides custom resources that are not updated blindly. */
const VERSION_REQUIRED = new Set([
  'leases.coordination.k8s.io',
  'poddisruptionbudgets.policy',
  'customresourcedefinitions.apiextensions.k8s.io',
])

function requireVersion({ definition, info }: RequestContext, object: KubernetesObject): void {
  const required = definition.custom || VERSION_REQUIRED.has(storedResource(definition))
  if (!required || object.metadata?.resourceVersion) return
  const { group, resource } = definition
  throw statusErrors.invalid({ group, kind: resource }, info.name, [
    {
      reason: 'FieldValueInvalid',
      message: 'Invalid value: 0x0: must be specified for an update',
      field: 'metadata.resourceVersion',
    },
  ])
}
