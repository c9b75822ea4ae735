import type { ApiErrorBody, LiveServerFrame } from '@virtdeck/bff-contract'
import { ApiError } from './api-error.ts'

type Row = { key: string }

/** What the cache holds for a live query: the content, and whether to trust it. */
export interface LiveContent {
  /** `stale`: was true once; the connection or the cluster's watch is being restored. */
  state: 'loading' | 'ready' | 'stale' | 'error'
  rows?: readonly Row[]
  total?: number
  /** Of an `object` query; null while the object does not exist. */
  object?: Record<string, unknown> | null
  error?: ApiError
}

export const LOADING: LiveContent = { state: 'loading' }

/**
 * The content after a frame. Rows that the frame does not mention keep their identity, so
 * that memoized rows of a table render only when they changed.
 */
export function afterFrame(content: LiveContent, frame: LiveServerFrame): LiveContent {
  switch (frame.type) {
    case 'page':
      return { state: 'ready', rows: frame.rows, total: frame.total }
    case 'object':
      return { state: 'ready', object: frame.object }
    case 'delta':
      return {
        state: 'ready',
        rows: mergeRows(content.rows ?? [], frame),
        total: frame.total ?? content.total ?? 0,
      }
    case 'error':
      return afterError(content, frame.error, frame.retrying)
  }
}

/** The content after the connection was lost. */
export function afterLoss(content: LiveContent): LiveContent {
  return content.state === 'ready' ? { ...content, state: 'stale' } : content
}

function mergeRows(
  rows: readonly Row[],
  { rows: changed, keys }: { rows: readonly Row[]; keys?: readonly string[] | undefined },
): readonly Row[] {
  const byKey = new Map(rows.map((row) => [row.key, row]))
  for (const row of changed) byKey.set(row.key, row)
  const order = keys ?? rows.map(({ key }) => key)
  return order.flatMap((key) => byKey.get(key) ?? [])
}

function afterError(content: LiveContent, body: ApiErrorBody, retrying: boolean): LiveContent {
  const error = new ApiError(body)
  const hasContent = content.rows !== undefined || content.object !== undefined
  return retrying && hasContent
    ? { ...content, state: 'stale', error }
    : { state: 'error', error }
}
