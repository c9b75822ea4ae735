import { statusErrors } from '@virtdeck/kubernetes'
import { encoded, representationOf } from '../content.ts'
import type { RequestContext } from '../request-context.ts'
import { checkVersion } from '../resource-versions.ts'
import { send } from '../respond.ts'
import { fromStored, objectText, storeKeyOf } from '../stored-form.ts'
import { partialObject, tableText, type IncludeObject } from '../tables.ts'

export function includeObjectOf(url: URL): IncludeObject {
  const value = url.searchParams.get('includeObject')
  return value === 'None' || value === 'Object' ? value : 'Metadata'
}

/** Answers one object in the form that the client accepts. */
export async function sendObject(
  context: RequestContext,
  status: number,
  json: string,
): Promise<void> {
  const { request, response, url, definition, info } = context
  const representation = representationOf(request.headers.accept)
  const { form, version: metaVersion } = representation
  const body = {
    object: () => objectText(definition, info.version, json),
    partial: () => JSON.stringify(partialObject(fromStored(definition, json), metaVersion)),
    table: () => {
      const resourceVersion = fromStored(definition, json).metadata?.resourceVersion
      const includeObject = includeObjectOf(url)
      const { version } = info
      const options = { definition, version, metaVersion, includeObject }
      return tableText([json], { resourceVersion }, options)
    },
  }[form]()
  await send(request, response, { status, ...(await encoded(representation, body)) })
}

/** GET of one object (or of its status). */
export async function getObject(context: RequestContext): Promise<void> {
  const { cluster, definition, info, url } = context
  checkVersion(cluster.store, url)
  const json = cluster.store.get(storeKeyOf(definition, info.namespace, info.name))
  if (json === undefined) throw statusErrors.notFound(definition, info.name)
  await sendObject(context, 200, json)
}
