import type { KubernetesObject } from '@virtdeck/kubernetes'
import { rangeOf } from '../../store/keys.ts'
import { deleteObject, type DeletionOptions } from '../object-deletion.ts'
import { dryRunCauses, invalidOptions, propagationCauses } from '../option-rules.ts'
import { readObjectBody, writeOptionsOf, type RequestContext } from '../request-context.ts'
import { apiVersionOf } from '../resource-index.ts'
import { send } from '../respond.ts'
import { selectionOf } from '../selection.ts'
import { fromStored, itemText, storedResource } from '../stored-form.ts'
import { sendObject } from './read.ts'

/** Kinds whose deletion answers the deleted object instead of a Status, as in a real API server. */
const ANSWERS_OBJECT = new Set([
  'namespaces',
  'pods',
  'persistentvolumeclaims',
  'persistentvolumes',
  'serviceaccounts',
  'podtemplates',
  'resourcequotas',
  'storageclasses.storage.k8s.io',
])

interface DeleteOptionsBody extends DeletionOptions {
  dryRun?: string[]
  orphanDependents?: boolean
}

/** DeleteOptions of the body, or else of the query. */
async function deletionOf(
  context: RequestContext,
): Promise<{ deletion: DeletionOptions; dryRun: boolean }> {
  const { request, url } = context
  const body = ((await readObjectBody(request)) ?? {}) as DeleteOptionsBody
  const { searchParams } = url
  const grace = searchParams.get('gracePeriodSeconds')
  const asked = searchParams.get('orphanDependents')
  const orphan = body.orphanDependents ?? (asked === null ? undefined : asked === 'true')
  const wanted = body.propagationPolicy ?? searchParams.get('propagationPolicy') ?? undefined
  const dryRun = [...(body.dryRun ?? []), ...searchParams.getAll('dryRun')]
  const causes = [...propagationCauses(wanted, orphan), ...dryRunCauses(dryRun)]
  if (causes.length > 0) throw invalidOptions('DeleteOptions', causes)
  const policy = wanted ?? (orphan === true ? 'Orphan' : undefined)
  return {
    deletion: {
      gracePeriodSeconds:
        body.gracePeriodSeconds ?? (grace === null ? undefined : Number(grace)),
      propagationPolicy: policy,
      preconditions: body.preconditions,
    },
    dryRun: dryRun.length > 0,
  }
}

/** DELETE of an object. */
export async function deleteOne(context: RequestContext): Promise<void> {
  const { cluster, definition, info, request, response } = context
  const { namespace, name } = info
  const { deletion, dryRun } = await deletionOf(context)
  const options = { ...writeOptionsOf(context), dryRun }
  const target = { definition, namespace, name }
  const { json, object, removed } = await deleteObject(cluster, {
    ...target,
    deletion,
    options,
  })
  if (!removed || ANSWERS_OBJECT.has(storedResource(definition))) {
    await sendObject(context, 200, json)
    return
  }
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name,
      ...(definition.group === '' ? {} : { group: definition.group }),
      kind: definition.resource,
      uid: object.metadata?.uid,
    },
  }
  await send(request, response, {
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify(status),
  })
}

/** DELETE of a collection: of every object that the selectors match. */
export async function deleteCollection(context: RequestContext): Promise<void> {
  const { cluster, definition, info, url, request, response } = context
  const selection = selectionOf(definition, url)
  const { deletion, dryRun } = await deletionOf(context)
  const options = { ...writeOptionsOf(context), dryRun }
  const namespace = definition.namespaced ? info.namespace : ''
  const { version, entries } = cluster.store.range(
    rangeOf(storedResource(definition), namespace),
  )
  const chosen = entries
    .map(({ json }) => fromStored(definition, json))
    .filter(
      (object) =>
        (selection.name === undefined || object.metadata?.name === selection.name) &&
        selection.matches?.(object) !== false,
    )
  const results = await Promise.all(
    chosen.map(async ({ metadata = {} }: KubernetesObject) => {
      const target = { namespace: metadata.namespace ?? '', name: metadata.name ?? '' }
      try {
        return await deleteObject(cluster, { definition, ...target, deletion, options })
      } catch (error) {
        // Somebody else was faster.
        if ((error as { code?: number }).code === 404) return undefined
        throw error
      }
    }),
  )
  const items = results.flatMap((result) =>
    result === undefined ? [] : [itemText(definition, info.version, result.json)],
  )
  const head = {
    kind: definition.listKind,
    apiVersion: apiVersionOf(definition, info.version),
    metadata: { resourceVersion: String(version) },
  }
  await send(request, response, {
    status: 200,
    contentType: 'application/json',
    body: `${JSON.stringify(head).slice(0, -1)},"items":[${items.join(',')}]}`,
  })
}
