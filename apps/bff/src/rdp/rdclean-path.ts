import {
  contextTag,
  DER,
  DerError,
  encodeElement,
  encodeInteger,
  readElement,
  readElements,
} from './der.ts'

/**
 * RDCleanPath: how a browser asks a gateway to do the part of RDP that it cannot do itself
 * (TCP, X.224 and TLS). One request, one answer, then the bytes inside of TLS as they are.
 * https://github.com/Devolutions/IronRDP/tree/master/crates/ironrdp-rdcleanpath
 */
const VERSION = 3390

const FIELD = { version: 0, error: 1, x224: 6, certificates: 7, serverAddress: 9 } as const
const ERROR_FIELD = { code: 0, http: 1, wsa: 2, tlsAlert: 3 } as const
const GENERAL_ERROR = 1
const NEGOTIATION_ERROR = 2

/** Nobody's request is longer; more is not an RDP client. */
const MAX_REQUEST_BYTES = 16 * 1024

export interface CleanPathRequest {
  /** The client's X.224 connection request with its TPKT header. Names the user: never log it. */
  connectionRequest: Buffer
  /** Where the client would like to go; not looked at, because the route says that. */
  rest: Buffer
}

/** The first request in what was received; undefined while it is incomplete. */
export function decodeRequest(bytes: Buffer): CleanPathRequest | undefined {
  if (bytes.length > 0 && bytes[0] !== DER.sequence) throw new DerError('not RDCleanPath')
  const read = readElement(bytes)
  if (!read) {
    if (bytes.length > MAX_REQUEST_BYTES) throw new DerError('the request is too long')
    return undefined
  }
  const fields = new Map(readElements(read.element.value).map(({ tag, value }) => [tag, value]))
  const version = inner(fields.get(contextTag(FIELD.version)), DER.integer)
  if (version.readUIntBE(0, version.length) !== VERSION) {
    throw new DerError('the version of RDCleanPath is not known')
  }
  const connectionRequest = inner(fields.get(contextTag(FIELD.x224)), DER.octetString)
  return { connectionRequest, rest: bytes.subarray(read.length) }
}

/** The one element inside of an explicit tag. */
function inner(value: Buffer | undefined, tag: number): Buffer {
  const [element] = value ? readElements(value) : []
  if (element?.tag !== tag || element.value.length === 0 || element.value.length > 4096) {
    throw new DerError('a field is missing or not valid')
  }
  return element.value
}

export function encodeResponse({
  connectionConfirm,
  certificates,
  serverAddress,
}: {
  connectionConfirm: Buffer
  /** DER, the server's own first. */
  certificates: readonly Buffer[]
  /** Has to be there; its value means nothing to the client. */
  serverAddress: string
}): Buffer {
  const chain = certificates.map((each) => encodeElement(DER.octetString, each))
  return message([
    field(FIELD.x224, encodeElement(DER.octetString, connectionConfirm)),
    field(FIELD.certificates, encodeElement(DER.sequence, Buffer.concat(chain))),
    field(FIELD.serverAddress, encodeElement(DER.utf8String, Buffer.from(serverAddress))),
  ])
}

export type CleanPathFailure =
  | { http: number }
  /** A Windows socket error: 10061 refused, 10060 timed out. */
  | { wsa: number }
  | { tlsAlert: number }
  /** The server's own refusal, which the client puts in words. */
  | { connectionConfirm: Buffer }

export function encodeFailure(failure: CleanPathFailure): Buffer {
  if ('connectionConfirm' in failure) {
    const confirm = encodeElement(DER.octetString, failure.connectionConfirm)
    return message([errorField(NEGOTIATION_ERROR), field(FIELD.x224, confirm)])
  }
  return message([errorField(GENERAL_ERROR, detailOf(failure))])
}

function detailOf(failure: Exclude<CleanPathFailure, { connectionConfirm: Buffer }>): Buffer {
  if ('http' in failure) return field(ERROR_FIELD.http, encodeInteger(failure.http))
  if ('wsa' in failure) return field(ERROR_FIELD.wsa, encodeInteger(failure.wsa))
  return field(ERROR_FIELD.tlsAlert, encodeInteger(failure.tlsAlert))
}

const errorField = (code: number, detail: Buffer = Buffer.alloc(0)): Buffer =>
  field(
    FIELD.error,
    encodeElement(
      DER.sequence,
      Buffer.concat([field(ERROR_FIELD.code, encodeInteger(code)), detail]),
    ),
  )

const field = (number: number, element: Buffer): Buffer =>
  encodeElement(contextTag(number), element)

const message = (fields: readonly Buffer[]): Buffer =>
  encodeElement(
    DER.sequence,
    Buffer.concat([field(FIELD.version, encodeInteger(VERSION)), ...fields]),
  )
