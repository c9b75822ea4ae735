import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import { checkSchema } from '../../openapi/validate.ts'
import { parseYaml, readBody } from '../body.ts'
import { applyConfiguration } from '../managed-fields/apply.ts'
import { checkMetadataTypes } from '../metadata-rules.ts'
import { writeOptionsOf, type RequestContext } from '../request-context.ts'
import { flag } from '../request-info.ts'
import { sendObject } from './read.ts'
import { checkKind, checkNamespace } from '../posted-kind.ts'
import { apiVersionOf } from '../resource-index.ts'

/** PATCH with `application/apply-patch+yaml`: server-side apply. Creates what is missing. */
export async function applyObject(context: RequestContext): Promise<void> {
  const { cluster, definition, info, url, request } = context
  const options = writeOptionsOf(context, 'PatchOptions')
  const fieldManager = url.searchParams.get('fieldManager') ?? ''
  if (fieldManager === '') {
    throw statusErrors.invalid({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: is required for apply patch',
        field: 'fieldManager',
      },
    ])
  }
  const body = await readConfiguration(request)
  const config = checkedConfiguration(context, body)
  const { namespace, name, version } = info
  const subresource = info.subresource || undefined
  const force = flag(url, 'force')
  const target = { definition, namespace, name }
  const merge = (live: KubernetesObject | undefined): KubernetesObject =>
    applyConfiguration({ definition, version, live, config, fieldManager, force, subresource })
  if (cluster.writer.find(target) === undefined && subresource === undefined) {
    const object = merge(undefined)
    object.metadata = { ...object.metadata, name }
    const json = await cluster.writer.create(definition, namespace, object, {
      ...options,
      keepManagedFields: true,
    })
    await sendObject(context, 201, json)
    return
  }
  const json = await cluster.writer.update({
    ...target,
    subresource,
    ownsManagedFields: true,
    change: (live) => withPreconditions(merge(live), config),
    options,
  })
  await sendObject(context, 200, json)
}

/** Reads YAML or JSON; throws 400. */
async function readConfiguration(request: RequestContext['request']): Promise<unknown> {
  const bytes = await readBody(request)
  try {
    return await parseYaml(bytes.toString('utf8'))
  } catch (error) {
    const [problem = ''] = (error as Error).message.split('\n')
    throw statusErrors.badRequest(
      `error decoding YAML: error converting YAML to JSON: yaml: ${problem}`,
    )
  }
}

/** An applied resourceVersion or uid is a precondition, not a value. */
function withPreconditions(
  object: KubernetesObject,
  config: KubernetesObject,
): KubernetesObject {
  const { resourceVersion, uid } = config.metadata ?? {}
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(uid === undefined ? {} : { uid }),
    },
  }
}

/** The configuration, in the words of server-side apply if there is something wrong with it. */
function checkedConfiguration(context: RequestContext, body: unknown): KubernetesObject {
  const { definition, info } = context
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw statusErrors.badRequest(
      'error decoding YAML: json: cannot unmarshal into Go value of type map[string]interface {}',
    )
  }
  const config = body as KubernetesObject
  const expected = apiVersionOf(definition, info.version)
  if (config.apiVersion !== expected) {
    throw statusErrors.badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${config.apiVersion ?? ''}, expected: ${expected}`,
    )
  }
  if (!config.kind) {
    throw untyped(context, config, `no corresponding type for ${gvkText(context, '')}`)
  }
  checkKind(context, config)
  checkMetadataTypes(definition, config)
  const { name, managedFields } = config.metadata ?? {}
  if (managedFields !== undefined) {
    throw statusErrors.badRequest('metadata.managedFields must be nil')
  }
  if (name !== undefined && name !== info.name) {
    throw statusErrors.badRequest(
      `the name of the object (${name}) does not match the name on the URL (${info.name})`,
    )
  }
  checkNamespace(definition, info.namespace, config)
  checkFields(context, config)
  return config
}

const gvkText = ({ info }: RequestContext, kind: string): string =>
  `${info.group}/${info.version}, Kind=${kind}`

/** 500 of a configuration that is not of its kind's type. */
function untyped(context: RequestContext, config: KubernetesObject, problem: string): Error {
  const { namespace = '', name = '' } = config.metadata ?? {}
  const what = `${namespace}/${name}; ${gvkText(context, config.kind ?? '')}`
  const message = `failed to create typed patch object (${what}): ${problem}`
  return statusErrors.other(500, '', message)
}

/** Server-side apply knows the fields of a kind and takes no others, whatever is asked. */
function checkFields(context: RequestContext, config: KubernetesObject): void {
  const { definition, info } = context
  if (definition.lenientVersions?.includes(info.version)) return
  const { unknownFields } = checkSchema(definition, structuredClone(config))
  const problems = unknownFields.map((field) => `.${field}: field not declared in schema`)
  if (problems.length === 0) return
  const list = problems.toSorted()
  throw untyped(
    context,
    config,
    list.length === 1
      ? (list[0] ?? '')
      : `errors:\n${list.map((one) => `  ${one}`).join('\n')}`,
  )
}
