import type { StoreKey } from './keys.ts'

/** One committed write. Objects are JSON text without `kind` and `apiVersion`. */
export interface Change extends StoreKey {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  key: string
  /** The resource version of this write. */
  version: number
  /** The object after the write; of a deletion its last state, carrying the deletion's version. */
  json: string
  /** The object before the write; undefined when it was created. */
  previous: string | undefined
}
