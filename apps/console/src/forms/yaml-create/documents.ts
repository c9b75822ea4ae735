import type { KubernetesObject } from '@virtdeck/kubernetes'
import { isScalar, isSeq, LineCounter, parseAllDocuments, type ScalarTag } from 'yaml'
import { yamlProblems } from '../../yaml-editor/yaml-problems.ts'
import { nodeAt, offsetOf } from './field-offset.ts'

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
  | { code: 'notAnObject'; position: Position }
  | { code: 'fieldMissing'; field: string; position: Position }

export interface ReadText {
  documents: ManifestDocument[]
  problems: TextProblem[]
}

/** `0644` is octal for kubectl, and would be 644 for YAML 1.2: a file mode must not change. */
const octal: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0[0-7]+$/,
  resolve: (text) => Number.parseInt(text, 8),
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
  const parsed = parseAllDocuments(text, {
    lineCounter,
    prettyErrors: false,
    merge: true,
    customTags: (tags) => [octal, ...tags],
  })
  const documents: ManifestDocument[] = []
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  for (const document of 'empty' in parsed ? [] : parsed) {
    const { contents } = document
    // Only comments, or nothing between two `---`.
    const isEmpty = contents === null || (isScalar(contents) && contents.value === null)
    if (isEmpty || document.errors.length > 0) continue
    const start = contents.range[0]
    let value: unknown
    try {
      value = document.toJS()
    } catch (error) {
      // An alias without its anchor, or aliases that would grow without end.
      const message = error instanceof Error ? error.message : String(error)
      problems.push({ code: 'syntax', message, position: at(start) })
      continue
    }
    const read = readObject({ value, node: contents, start, at })
    documents.push(...read.documents)
    problems.push(...read.problems)
  }
  if (documents.length === 0 && problems.length === 0) problems.push({ code: 'empty' })
  return { documents, problems }
}

interface Source {
  value: unknown
  node: unknown
  /** Where the node is, for want of anything better. */
  start: number
  at: (offset: number) => Position
}

function readObject({ value, node, start, at }: Source): ReadText {
  const list = isSeq(nodeAt(node, 'items')) && itemsOf(value)
  if (list) {
    const items = list.map((item, index) => {
      const field = `items[${index}]`
      const offset = offsetOf(node, field) ?? start
      return readObject({ value: item, node: nodeAt(node, field), start: offset, at })
    })
    return {
      documents: items.flatMap(({ documents }) => documents),
      problems: items.flatMap(({ problems }) => problems),
    }
  }
  const problems = problemsOf(value, at(start))
  if (problems.length > 0) return { documents: [], problems }
  const locate = (field: string): Position => at(offsetOf(node, field) ?? start)
  const object = value as ManifestDocument['object']
  return { documents: [{ object, position: at(start), locate }], problems: [] }
}

/** `kubectl get -o yaml` writes several objects as one List. */
function itemsOf(value: unknown): unknown[] | undefined {
  const { kind, items } = value as { kind?: unknown; items?: unknown }
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)
    ? items
    : undefined
}

function problemsOf(value: unknown, position: Position): TextProblem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ code: 'notAnObject', position }]
  }
  const object = value as KubernetesObject
  const fields: [string, unknown][] = [
    ['apiVersion', object.apiVersion],
    ['kind', object.kind],
    ['metadata.name', object.metadata?.name ?? object.metadata?.generateName],
  ]
  if (fields.every(([, found]) => found === undefined)) {
    return [{ code: 'notAnObject', position }]
  }
  return fields
    .filter(([, found]) => typeof found !== 'string' || found === '')
    .map(([field]) => ({ code: 'fieldMissing', field, position }))
}
