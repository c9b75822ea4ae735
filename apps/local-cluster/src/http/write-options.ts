import type { User } from '../access/user.ts'

/** How a write was asked for. */
export interface WriteOptions {
  user: User
  /** Who owns the written fields: `?fieldManager=`, or the User-Agent. */
  fieldManager: string
  dryRun: boolean
  fieldValidation: 'Strict' | 'Warn' | 'Ignore'
  warn: (message: string) => void
  /** The version of the URL: stands in the entries of managed fields and in messages. */
  version: string
  /** Fields that the sent text names twice (`data.a`). */
  duplicateFields?: string[]
  /** What a strict reader says of unknown fields, where it is not a plain decoding error. */
  strictRefusal?: (findings: string[]) => Error
  /** The object brings its managed fields (server-side apply). */
  keepManagedFields?: boolean
}
