import type { IncomingMessage } from 'node:http'
import { statusErrors } from '@virtdeck/kubernetes'
import { goJsonError } from './go-json-error.ts'

const LIMIT = 3 * 1024 * 1024

/** The request's body; throws 413 when it is larger than a kube-apiserver takes. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= LIMIT) chunks.push(chunk)
      else {
        chunks.length = 0
        const message = `Request entity too large: limit is ${LIMIT}`
        reject(statusErrors.other(413, 'RequestEntityTooLarge', message))
      }
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => reject(statusErrors.badRequest('the request was cut off')))
  })
}

/** The media type without parameters; JSON if none is named. */
export function mediaTypeOf(request: IncomingMessage): string {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';')
  return type.trim().toLowerCase() || 'application/json'
}

const isYaml = (mediaType: string): boolean =>
  /^application\/(x-)?yaml$|\+yaml$/.test(mediaType)

/** Parses a body of a media type; throws 400 with the parser's words. */
export async function parseBody(bytes: Buffer, mediaType: string): Promise<unknown> {
  const text = bytes.toString('utf8')
  try {
    return isYaml(mediaType) ? await parseYaml(text) : JSON.parse(text)
  } catch (error) {
    const problem = isYaml(mediaType) ? undefined : goJsonError(text)
    throw statusErrors.badRequest(
      `couldn't get version/kind; json parse error: ${problem ?? firstLine(error)}`,
    )
  }
}

function unknownFormat(): Error {
  return statusErrors.unsupportedMediaType(
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  )
}

async function parseProtobuf(bytes: Buffer): Promise<unknown> {
  const { decodeProtobuf } = await import('./protobuf/kubernetes-protobuf.ts')
  let object: unknown
  try {
    object = decodeProtobuf(bytes)
  } catch (error) {
    throw statusErrors.badRequest(error instanceof Error ? error.message : String(error))
  }
  // A kind that is decoded from JSON and YAML only.
  if (object === undefined) throw unknownFormat()
  return object
}

/** What a request sent as an object, and the text of it. */
export interface Posted {
  object: Record<string, unknown>
  text: string
}

const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'

/** The beginning of a body, as far as a message shows it. */
function summaryOf(bytes: Buffer): string {
  if (bytes.length === 0) return '<empty>'
  const start = bytes.subarray(0, 30)
  const text = bytes.at(0) === 0x7b ? start.toString('utf8') : start.toString('hex')
  return bytes.length > 30 ? `${text} ...` : text
}

/** Reads an object of a kind; throws 400 in the words of Kubernetes' decoder, 415 as `readObject`. */
export async function readPosted(request: IncomingMessage, kind: string): Promise<Posted> {
  const mediaType = mediaTypeOf(request)
  const protobuf = mediaType === 'application/vnd.kubernetes.protobuf'
  if (mediaType !== 'application/json' && !isYaml(mediaType) && !protobuf) throw unknownFormat()
  const bytes = await readBody(request)
  const text = bytes.toString('utf8')
  if (protobuf) {
    return { object: (await parseProtobuf(bytes)) as Record<string, unknown>, text }
  }
  const unrecognized = (problem: string): Error =>
    statusErrors.badRequest(
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${problem} (${summaryOf(bytes)})`,
    )
  let object: unknown
  try {
    object = isYaml(mediaType) ? await parseYaml(text) : JSON.parse(text)
  } catch (error) {
    const problem = isYaml(mediaType)
      ? `error converting YAML to JSON: yaml: ${firstLine(error)}`
      : (goJsonError(text) ?? firstLine(error))
    throw unrecognized(problem)
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    const found = Array.isArray(object) ? 'array' : GO_TYPES[typeof object]
    if (found !== undefined) {
      throw unrecognized(`json: cannot unmarshal ${found} into Go value of type ${TYPE_META}`)
    }
    object = {}
  }
  return { object: object as Record<string, unknown>, text }
}

const GO_TYPES: Partial<Record<string, string>> = {
  string: 'string',
  number: 'number',
  boolean: 'bool',
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''

/** YAML, or JSON under its name. */
export async function parseYaml(text: string): Promise<unknown> {
  // kubectl sends JSON under YAML's name; JSON.parse is many times faster.
  if (text.trimStart().startsWith('{')) return JSON.parse(text)
  const { parse } = await import('yaml')
  return parse(text)
}

/** Reads and parses an object; throws 415 for unknown media types. */
export async function readObject(request: IncomingMessage): Promise<unknown> {
  const mediaType = mediaTypeOf(request)
  const protobuf = mediaType === 'application/vnd.kubernetes.protobuf'
  if (mediaType !== 'application/json' && !isYaml(mediaType) && !protobuf) {
    // Clients that send nothing may name any type.
    if ((await readBody(request)).length === 0) return undefined
    throw unknownFormat()
  }
  const bytes = await readBody(request)
  if (bytes.length === 0) return undefined
  return protobuf ? parseProtobuf(bytes) : parseBody(bytes, mediaType)
}
