/** What Go clients ask for: they read version 2 in no other form. */
const PROTOBUF = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf'

const INFO = { title: 'Kubernetes', version: 'v1.32.0' }

/**
 * Version 2 without definitions; they are all in version 3. kubectl asks for it once more when
 * version 3 does not know a kind, and takes a kind that is in neither for one to leave alone:
 * then it says the right thing about it. Without an answer it would give up before.
 */
export function openApiV2(accept: string | undefined): {
  contentType: string
  body: string | Uint8Array
} {
  if (accept?.includes('proto-openapi') === true) {
    return { contentType: PROTOBUF, body: documentBytes() }
  }
  const document = { swagger: '2.0', info: INFO, paths: {}, definitions: {} }
  return { contentType: 'application/json', body: JSON.stringify(document) }
}

/** Fields of gnostic's openapi.v2.Document: swagger 1, info 2 (title 1, version 2), paths 8. */
function documentBytes(): Uint8Array {
  const info = [field(1, Buffer.from(INFO.title)), field(2, Buffer.from(INFO.version))]
  return Buffer.concat([
    field(1, Buffer.from('2.0')),
    field(2, Buffer.concat(info)),
    field(8, Buffer.alloc(0)),
  ])
}

/** A field with a length, which is below 128 for all of these. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of((number << 3) | 2, content.length), content])
}
