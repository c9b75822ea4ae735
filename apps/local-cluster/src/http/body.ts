import type { IncomingMessage } from 'node:http'
import { statusErrors } from '@virtdeck/kubernetes'

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
        reject(statusErrors.other(413, 'RequestEntityTooLarge', message, {}))
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
    if (!isYaml(mediaType)) return JSON.parse(text)
    // kubectl sends JSON under YAML's name; JSON.parse is many times faster.
    if (text.trimStart().startsWith('{')) return JSON.parse(text)
  } catch (error) {
    if (!isYaml(mediaType)) throw decodeError(error)
  }
  const { parse } = await import('yaml')
  try {
    return parse(text)
  } catch (error) {
    throw decodeError(error)
  }
}

function decodeError(error: unknown): Error {
  return statusErrors.badRequest(
    `couldn't get version/kind; json parse error: ${error instanceof Error ? error.message : String(error)}`,
  )
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
