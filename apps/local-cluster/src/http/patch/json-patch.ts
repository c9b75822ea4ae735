import { isDeepStrictEqual } from 'node:util'
import { statusErrors } from '@virtdeck/kubernetes'

type Json = unknown
type Container = Record<string, Json> | Json[]

interface Operation {
  op: string
  path: string
  from?: string
  value?: Json
}

const MAX_OPERATIONS = 10_000

/** The operation cannot be applied to this document: 422, as a real API server. */
function unapplicable(message: string): Error {
  return statusErrors.other(
    422,
    'Invalid',
    `the server rejected our request due to an error in our request: ${message}`,
    {},
  )
}

function tokensOf(pointer: string): string[] {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) throw unapplicable(`invalid path "${pointer}"`)
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function indexOf(token: string, length: number, pointer: string): number {
  if (token === '-') return length
  const index = /^(0|-?[1-9]\d*)$/.test(token) ? Number(token) : Number.NaN
  const counted = index < 0 ? length + index : index
  if (!(counted >= 0 && counted <= length)) {
    throw unapplicable(`Unable to access invalid index: ${token} of "${pointer}"`)
  }
  return counted
}

const isContainer = (value: Json): value is Container =>
  typeof value === 'object' && value !== null

function childOf(container: Container, token: string): Json {
  if (Array.isArray(container)) return container[Number(token)]
  return Object.hasOwn(container, token) ? container[token] : undefined
}

function locate(
  document: Json,
  pointer: string,
  op: string,
): { parent: Container; last: string } {
  const tokens = tokensOf(pointer)
  const last = tokens.pop()
  let parent = document
  for (const token of tokens) {
    if (!isContainer(parent)) break
    parent = childOf(parent, token)
  }
  if (last === undefined || !isContainer(parent)) {
    throw unapplicable(
      `${op} operation does not apply: doc is missing path: "${pointer}": missing value`,
    )
  }
  return { parent, last }
}

function read(document: Json, pointer: string, op: string): Json {
  if (pointer === '') return document
  const { parent, last } = locate(document, pointer, op)
  const value = childOf(parent, last)
  if (value === undefined) {
    throw unapplicable(
      `${op} operation does not apply: doc is missing key: ${pointer}: missing value`,
    )
  }
  return value
}

function add(document: Json, pointer: string, value: Json): Json {
  if (pointer === '') return value
  const { parent, last } = locate(document, pointer, 'add')
  if (Array.isArray(parent)) parent.splice(indexOf(last, parent.length, pointer), 0, value)
  else
    Object.defineProperty(parent, last, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  return document
}

function remove(document: Json, pointer: string, op: string): void {
  read(document, pointer, op)
  const { parent, last } = locate(document, pointer, op)
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else delete parent[last]
}

function apply(document: Json, operation: Operation): Json {
  const { op, path, from = '', value } = operation
  if (typeof path !== 'string') throw unapplicable('operation without a path')
  switch (op) {
    case 'add':
      return add(document, path, value)
    case 'remove':
      remove(document, path, op)
      return document
    case 'replace':
      if (path === '') return value
      remove(document, path, op)
      return add(document, path, value)
    case 'move': {
      const moved = read(document, from, op)
      remove(document, from, op)
      return add(document, path, moved)
    }
    case 'copy':
      return add(document, path, structuredClone(read(document, from, op)))
    case 'test': {
      const actual = path === '' ? document : valueAt(document, path)
      if (isDeepStrictEqual(actual ?? null, value ?? null)) return document
      throw unapplicable(`testing value ${path} failed`)
    }
    default:
      throw unapplicable(`Unexpected kind: ${op}`)
  }
}

function valueAt(document: Json, pointer: string): Json {
  const { parent, last } = locate(document, pointer, 'test')
  return childOf(parent, last)
}

/** RFC 6902. Changes `document`; throws a 422, or a 400 for something that is no patch. */
export function applyJsonPatch(document: Json, patch: Json): Json {
  if (!Array.isArray(patch)) {
    throw statusErrors.badRequest(
      'json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    )
  }
  if (patch.length > MAX_OPERATIONS) {
    throw statusErrors.other(
      413,
      'RequestEntityTooLarge',
      `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`,
      {},
    )
  }
  return patch.reduce<Json>(
    (result, operation) => apply(result, operation as Operation),
    document,
  )
}
