import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import { applyJsonPatch } from './patch/json-patch.ts'
import { applyMergePatch } from './patch/merge-patch.ts'
import type { ResourceDefinition } from '../registry.ts'
import { mediaTypeOf, parseBody, readBody } from './body.ts'
import { readObjectBody, writeOptionsOf, type RequestContext } from './request-context.ts'
import { send } from './respond.ts'
import { fromStored } from './stored-form.ts'

/** An `autoscaling/v1` Scale. */
interface Scale extends KubernetesObject {
  spec: { replicas?: number }
  status: { replicas: number; selector?: string }
}

type Scaled = KubernetesObject & Record<string, unknown>

function valueAt(object: object, path: string | undefined): unknown {
  if (path === undefined) return undefined
  let value: unknown = object
  for (const step of path.split('.').slice(1)) {
    value = (value as Record<string, unknown> | undefined)?.[step]
  }
  return value
}

function setAt(object: Record<string, unknown>, path: string, value: number): void {
  const steps = path.split('.').slice(1)
  const last = steps.pop() ?? ''
  let parent = object
  for (const step of steps) parent = (parent[step] ??= {}) as Record<string, unknown>
  parent[last] = value
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

function scaleOf({ scale }: ResourceDefinition, object: KubernetesObject): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata ?? {}
  const selector = valueAt(object, scale?.labelSelector)
  const replicas = valueAt(object, scale?.specReplicas)
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    },
    spec: typeof replicas === 'number' && replicas !== 0 ? { replicas } : {},
    status: {
      replicas: numberOf(valueAt(object, scale?.statusReplicas)),
      ...(typeof selector === 'string' && selector !== '' ? { selector } : {}),
    },
  }
}

/** GET, PUT and PATCH of `…/scale`. */
export async function answerScale(context: RequestContext): Promise<void> {
  const { definition, info, cluster } = context
  const { namespace, name } = info
  const target = { definition, namespace, name }
  if (info.verb === 'get') {
    const object = cluster.writer.find(target)
    if (object === undefined) throw statusErrors.notFound(definition, name)
    await sendScale(context, object)
    return
  }
  const change = await wantedScale(context)
  const json = await cluster.writer.update({
    ...target,
    subresource: 'scale',
    change: (old) => {
      const wanted = change(scaleOf(definition, old))
      const replicas = numberOf(wanted.spec?.replicas)
      if (replicas < 0) throw negative(name, replicas)
      const object = old as Scaled
      setAt(object, definition.scale?.specReplicas ?? '', replicas)
      const { resourceVersion } = wanted.metadata ?? {}
      if (resourceVersion !== undefined) {
        object.metadata = { ...object.metadata, resourceVersion }
      }
      return object
    },
    options: writeOptionsOf(context),
  })
  await sendScale(context, fromStored(definition, json))
}

async function wantedScale(context: RequestContext): Promise<(scale: Scale) => Scale> {
  const { info, request } = context
  if (info.verb === 'update') {
    const body = (await readObjectBody(request)) as Scale | undefined
    if (body === undefined) {
      throw statusErrors.badRequest('Scale in version "v1" cannot be handled as a Scale: EOF')
    }
    return () => body
  }
  const type = mediaTypeOf(request)
  const patch = PATCHES[type]
  if (patch === undefined) {
    throw statusErrors.other(
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
      {},
    )
  }
  const body = await parseBody(await readBody(request), 'application/json')
  return (scale) => patch(scale, body) as Scale
}

const PATCHES: Record<string, (target: unknown, patch: unknown) => unknown> = {
  'application/json-patch+json': applyJsonPatch,
  'application/merge-patch+json': applyMergePatch,
}

function negative(name: string, replicas: number): Error {
  return statusErrors.invalid({ group: 'autoscaling', kind: 'Scale' }, name, [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${replicas}: should be a non-negative integer`,
      field: 'spec.replicas',
    },
  ])
}

async function sendScale(
  { request, response, definition }: RequestContext,
  object: KubernetesObject,
): Promise<void> {
  await send(request, response, {
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify(scaleOf(definition, object)),
  })
}
