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

/** The operation cannot be applied to this document: 422. A real API server does not say why. */
function unapplicable(): Error {
  return statusErrors.other(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    {},
  )
}

function tokensOf(pointer: string): string[] {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) throw unapplicable()
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function indexOf(token: string, length: number): number {
  if (token === '-') return length
  const index = /^(0|-?[1-9]\d*)$/.test(token) ? Number(token) : Number.NaN
  const counted = index < 0 ? length + index : index
  if (!(counted >= 0 && counted <= length)) {
    throw unapplicable()
  }
  return counted
}

const isContainer = (value: Json): value is Container =>
  typeof value === 'object' && value !== null

function childOf(container: Container, token: string): Json {
  if (Array.isArray(container)) return container[Number(token)]
  return Object.hasOwn(container, token) ? container[token] : undefined
}

function locate(document: Json, pointer: string): { parent: Container; last: string } {
  const tokens = tokensOf(pointer)
  const last = tokens.pop()
  let parent = document
  for (const token of tokens) {
    if (!isContainer(parent)) break
    parent = childOf(parent, token)
  }
  if (last === undefined || !isContainer(parent)) {
    throw unapplicable()
  }
  return { parent, last }
}

function read(document: Json, pointer: string): Json {
  if (pointer === '') return document
  const { parent, last } = locate(document, pointer)
  const value = childOf(parent, last)
  if (value === undefined) {
    throw unapplicable()
  }
  return value
}

function add(document: Json, pointer: string, value: Json): Json {
  if (pointer === '') return value
  const { parent, last } = locate(document, pointer)
  if (Array.isArray(parent)) parent.splice(indexOf(last, parent.length), 0, value)
  else
    Object.defineProperty(parent, last, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  return document
}

function remove(document: Json, pointer: string): void {
  read(document, pointer)
  const { parent, last } = locate(document, pointer)
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else delete parent[last]
}

function apply(document: Json, operation: Operation): Json {
  const { op, path, from = '', value } = operation
  if (typeof path !== 'string') throw unapplicable()
  switch (op) {
    case 'add':
      return add(document, path, value)
    case 'remove':
      remove(document, path)
      return document
    case 'replace':
      if (path === '') return value
      remove(document, path)
      return add(document, path, value)
    case 'move': {
      const moved = read(document, from)
      remove(document, from)
      return add(document, path, moved)
    }
    case 'copy':
      return add(document, path, structuredClone(read(document, from)))
    case 'test': {
      const actual = path === '' ? document : valueAt(document, path)
      if (isDeepStrictEqual(actual ?? null, value ?? null)) return document
      throw unapplicable()
    }
    default:
      throw unapplicable()
  }
}

function valueAt(document: Json, pointer: string): Json {
  const { parent, last } = locate(document, pointer)
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
