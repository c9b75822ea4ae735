import { posix } from 'node:path'
import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf } from './cause.ts'

/** A file inside of an image. */
export function pathProblems(field: string, path: string): StatusCause[] {
  if (path === '/') return [cause(field, `${field} must not point to root`)]
  const cleaned = posix.join('/', path).replace(/\/$/, '')
  return causeIf(
    cleaned !== path.replace(/\/$/, ''),
    field,
    `${field} must be an absolute path to a file without relative components`,
  )
}
