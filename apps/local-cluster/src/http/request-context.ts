import type { IncomingMessage, ServerResponse } from 'node:http'
import { statusErrors } from '@virtdeck/kubernetes'
import type { User } from '../access/user.ts'
import type { ResourceDefinition } from '../registry.ts'
import type { Cluster } from './cluster.ts'
import { readObject } from './body.ts'
import type { ResourceRequest } from './request-info.ts'
import { warningHeader } from './respond.ts'
import {
  dryRunCauses,
  fieldManagerCauses,
  fieldValidationCauses,
  invalidOptions,
  type WriteOptionsKind,
} from './option-rules.ts'
import type { WriteOptions } from './write-options.ts'

/** An authenticated and authorised request for a kind's objects. */
export interface RequestContext {
  cluster: Cluster
  request: IncomingMessage
  response: ServerResponse
  url: URL
  info: ResourceRequest
  user: User
  definition: ResourceDefinition
}

/** Adds a `Warning` header. */
export function warn(response: ServerResponse, message: string): void {
  if (!response.headersSent) response.appendHeader('Warning', warningHeader(message))
}

/** How this request wants to write: its query parameters, who sends it and with what program. */
export function writeOptionsOf(
  context: RequestContext,
  kind: WriteOptionsKind = 'UpdateOptions',
): WriteOptions {
  const { request, response, url, user, info } = context
  const parameters = url.searchParams
  const agent = (request.headers['user-agent'] ?? '').split('/')[0]?.trim() ?? ''
  const causes = [
    ...fieldManagerCauses(parameters.get('fieldManager') ?? ''),
    ...dryRunCauses(parameters.getAll('dryRun')),
    ...fieldValidationCauses(parameters.get('fieldValidation') ?? ''),
  ]
  if (causes.length > 0) throw invalidOptions(kind, causes)
  return {
    user,
    version: info.version,
    fieldManager: parameters.get('fieldManager') || agent || 'unknown',
    dryRun: parameters.getAll('dryRun').length > 0,
    fieldValidation:
      (parameters.get('fieldValidation') as WriteOptions['fieldValidation']) || 'Warn',
    warn: (message) => warn(response, message),
  }
}

/** Whether a subresource's write is a rehearsal; throws 422 for unknown values. */
export function isDryRun(values: string[]): boolean {
  const causes = dryRunCauses(values)
  if (causes.length > 0) throw invalidOptions('UpdateOptions', causes)
  return values.length > 0
}

/** Reads the body as JSON or YAML; an object or undefined. */
export async function readObjectBody(
  request: IncomingMessage,
): Promise<Record<string, unknown> | undefined> {
  const body = await readObject(request)
  if (body === undefined || body === null) return undefined
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw statusErrors.badRequest('the request body is not an object')
  }
  return body as Record<string, unknown>
}
