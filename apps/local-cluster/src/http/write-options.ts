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
  /** The object brings its managed fields (server-side apply). */
  keepManagedFields?: boolean
}
