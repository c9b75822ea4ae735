import type { IncomingMessage, ServerResponse } from 'node:http'
import { statusErrors } from '@virtdeck/kubernetes'
import type { User } from '../access/user.ts'
import type { ResourceDefinition } from '../registry.ts'
import type { Cluster } from './cluster.ts'
import { readObject } from './body.ts'
import type { ResourceRequest } from './request-info.ts'
import { warningHeader } from './respond.ts'
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
export function writeOptionsOf(context: RequestContext): WriteOptions {
  const { request, response, url, user, info } = context
  const parameters = url.searchParams
  const agent = (request.headers['user-agent'] ?? '').split('/')[0]?.trim() ?? ''
  return {
    user,
    version: info.version,
    fieldManager: parameters.get('fieldManager') || agent || 'unknown',
    dryRun: isDryRun(parameters.getAll('dryRun')),
    fieldValidation: fieldValidationOf(parameters.get('fieldValidation')),
    warn: (message) => warn(response, message),
  }
}

export function isDryRun(values: string[]): boolean {
  for (const value of values) {
    if (value !== 'All') {
      throw statusErrors.other(
        422,
        'Invalid',
        ` "" is invalid: dryRun: Unsupported value: ["${value}"]: supported values: "All"`,
        {},
      )
    }
  }
  return values.length > 0
}

function fieldValidationOf(value: string | null): WriteOptions['fieldValidation'] {
  if (value === null || value === '' || value === 'Warn') return 'Warn'
  if (value === 'Strict' || value === 'Ignore') return value
  throw statusErrors.other(
    422,
    'Invalid',
    `CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "${value}": supported values: "Ignore", "Strict", "Warn"`,
    {},
  )
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
