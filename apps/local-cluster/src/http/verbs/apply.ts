import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import { parseBody, readBody } from '../body.ts'
import { applyConfiguration } from '../managed-fields/apply.ts'
import { checkMetadataTypes } from '../metadata-rules.ts'
import { writeOptionsOf, type RequestContext } from '../request-context.ts'
import { flag } from '../request-info.ts'
import { sendObject } from './read.ts'
import { checkKind } from '../posted-kind.ts'

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
  const body = await parseBody(await readBody(request), 'application/apply-patch+yaml')
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

function checkedConfiguration(context: RequestContext, body: unknown): KubernetesObject {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw statusErrors.badRequest('error decoding YAML: the patch is not an object')
  }
  const config = body as KubernetesObject
  if (config.apiVersion === undefined || config.kind === undefined) {
    throw statusErrors.badRequest('error decoding YAML: apiVersion and kind must be set')
  }
  checkKind(context, config)
  checkMetadataTypes(context.definition, config)
  const { name, managedFields } = config.metadata ?? {}
  if (managedFields !== undefined && managedFields.length > 0) {
    throw statusErrors.badRequest('metadata.managedFields must be nil')
  }
  if (name !== undefined && name !== context.info.name) {
    throw statusErrors.badRequest(
      `the name of the object (${name}) does not match the name on the URL (${context.info.name})`,
    )
  }
  return config
}
