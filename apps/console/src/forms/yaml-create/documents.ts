import type { KubernetesObject } from '@virtdeck/kubernetes'
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document } from 'yaml'
import { yamlProblems } from '../../yaml-editor/yaml-problems.ts'

/** Lines and columns count from 1, as the editor shows them. */
export interface Position {
  line: number
  column: number
}

export interface ManifestDocument {
  object: KubernetesObject & { apiVersion: string; kind: string }
  position: Position
  /** Where a field such as `spec.disks[0].name` is, or the last part of the way that exists. */
  locate: (field: string) => Position
}

/** What keeps a text from being created, before any server is asked. */
export type TextProblem =
  | { code: 'empty' }
  | { code: 'syntax'; message: string; position: Position }
  | { code: 'notAnObject' | 'list'; position: Position }
  | { code: 'fieldMissing'; field: string; position: Position }
  | { code: 'duplicate'; kind: string; name: string; position: Position }

export interface ReadText {
  documents: ManifestDocument[]
  problems: TextProblem[]
}

/** The documents of a text and, all at once, everything that is wrong with them. */
export function readDocuments(text: string): ReadText {
  const syntax = yamlProblems(text).filter(({ severity }) => severity === 'error')
  const problems: TextProblem[] = syntax.map(({ message, start }) => ({
    code: 'syntax',
    message,
    position: start,
  }))
  const lineCounter = new LineCounter()
  const parsed = parseAllDocuments(text, { lineCounter, prettyErrors: false })
  const documents: ManifestDocument[] = []
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  for (const document of 'empty' in parsed ? [] : parsed) {
    // Only comments, or nothing between two `---`.
    if (document.contents === null && document.errors.length === 0) continue
    if (isScalar(document.contents) && document.contents.value === null) continue
    if (document.errors.length > 0) continue
    const start = document.contents?.range?.[0] ?? 0
    const value: unknown = document.toJS()
    const wrong = problemsOf(value, at(start))
    if (wrong.length > 0) problems.push(...wrong)
    else {
      documents.push({
        object: value as ManifestDocument['object'],
        position: at(start),
        locate: (field) => at(offsetOf(document, field) ?? start),
      })
    }
  }
  problems.push(...duplicates(documents))
  if (documents.length === 0 && problems.length === 0) problems.push({ code: 'empty' })
  return { documents, problems }
}

function problemsOf(value: unknown, position: Position): TextProblem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ code: 'notAnObject', position }]
  }
  const object = value as KubernetesObject
  if (object.kind?.endsWith?.('List') && 'items' in object) return [{ code: 'list', position }]
  const fields: [string, unknown][] = [
    ['apiVersion', object.apiVersion],
    ['kind', object.kind],
    ['metadata.name', object.metadata?.name ?? object.metadata?.generateName],
  ]
  if (fields.every(([, found]) => found === undefined))
    return [{ code: 'notAnObject', position }]
  return fields
    .filter(([, found]) => typeof found !== 'string' || found === '')
    .map(([field]) => ({ code: 'fieldMissing', field, position }))
}

/** `apiVersion/kind/namespace/name`: the same text twice would create the same object twice. */
export const identityOf = ({ apiVersion, kind, metadata }: KubernetesObject): string =>
  [apiVersion, kind, metadata?.namespace, metadata?.name].join('/')

function duplicates(documents: readonly ManifestDocument[]): TextProblem[] {
  return documents.flatMap(({ object, position }, index) => {
    const name = object.metadata?.name
    const identity = identityOf(object)
    const isTwice = documents
      .slice(0, index)
      .some((earlier) => identityOf(earlier.object) === identity)
    return name && isTwice ? [{ code: 'duplicate', kind: object.kind, name, position }] : []
  })
}

/** `spec.disks[0].name` → spec, disks, 0, name. Keys with dots come as `annotations[a.b/c]`. */
const partsOf = (field: string): string[] =>
  [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, index, key]) => index ?? key ?? '')

function offsetOf(document: Document.Parsed, field: string): number | undefined {
  let node: unknown = document.contents
  let offset: number | undefined
  for (const part of partsOf(field)) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part)
      if (!pair) break
      offset = (isScalar(pair.key) && pair.key.range?.[0]) || offset
      node = pair.value
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(part)]
      if (item === undefined) break
      offset = (item as { range?: [number] }).range?.[0] ?? offset
      node = item
    } else break
  }
  return offset
}
