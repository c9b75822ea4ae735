import { MESSAGES } from './messages.ts'
import { decodeMessage, ProtobufError, type Message } from './wire.ts'

/** What stands before every object: `k8s` and a zero byte. */
const MAGIC = Buffer.from('k8s\0')

/** `runtime.Unknown`, the envelope of all objects. */
const ENVELOPE: Message = {
  1: ['typeMeta', { 1: ['apiVersion', 'string'], 2: ['kind', 'string'] }],
  2: ['raw', 'bytes'],
}

/**
 * Decodes an object that kubectl's typed commands send; undefined for kinds without a table.
 * Answers are always JSON, which those clients accept too.
 */
export function decodeProtobuf(bytes: Buffer): Record<string, unknown> | undefined {
  if (!bytes.subarray(0, 4).equals(MAGIC)) throw new ProtobufError('no Kubernetes object')
  const { typeMeta = {}, raw = '' } = decodeMessage(bytes.subarray(4), ENVELOPE)
  const { apiVersion = '', kind = '' } = typeMeta as { apiVersion?: string; kind?: string }
  const message = MESSAGES[`${apiVersion} ${kind}`]
  if (message === undefined) return undefined
  return { apiVersion, kind, ...decodeMessage(Buffer.from(String(raw), 'base64'), message) }
}
