import { statusErrors } from '@virtdeck/kubernetes'
import type { SubresourceRequest, SubresourceResponse } from './subresource.ts'

type Options = Record<string, unknown>

/** The options in a body; virt-api takes none for an empty one. */
export async function optionsOf(request: SubresourceRequest): Promise<Options> {
  const body = await request.body()
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw statusErrors.badRequest(
      'Can not unmarshal Request body to struct, error: json: cannot unmarshal into Go value',
    )
  }
  return body as Options
}

export function isDryRun(request: SubresourceRequest, { dryRun }: Options): boolean {
  return request.dryRun || (Array.isArray(dryRun) && dryRun.includes('All'))
}

/**
 * virt-api's routes without a body produce nothing, and its router takes that literally: clients
 * that accept JSON only are turned away.
 */
export function notAcceptable({
  headers,
}: SubresourceRequest): SubresourceResponse | undefined {
  const accept = headers.accept ?? '*/*'
  if (accept.includes('*/*')) return undefined
  return { status: 406, body: '406: Not Acceptable\n\nAvailable representations: ' }
}
