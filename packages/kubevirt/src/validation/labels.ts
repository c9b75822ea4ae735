import type { Finding } from './problem.ts'
import { finding } from './problem.ts'

/*
 * The API server's rules of metadata:
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */

const MAX_PART = 63
const MAX_PREFIX = 253
const PART = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const PREFIX = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/

/** `name` or `prefix/name`, of labels and annotations alike. */
export function metadataKeyFindings(key: string): Finding[] {
  if (key === '') return [{ code: 'required' }]
  const slash = key.indexOf('/')
  const prefix = slash < 0 ? undefined : key.slice(0, slash)
  const name = key.slice(slash + 1)
  const isMalformed = !PART.test(name) || (prefix !== undefined && !PREFIX.test(prefix))
  return [
    ...finding(isMalformed, 'metadata.key'),
    ...finding(name.length > MAX_PART, 'tooLong', { max: MAX_PART, length: name.length }),
    ...finding((prefix?.length ?? 0) > MAX_PREFIX, 'tooLong', {
      max: MAX_PREFIX,
      length: prefix?.length ?? 0,
    }),
  ]
}

/** Annotations may hold anything; labels are short words. */
export const labelValueFindings = (value: string): Finding[] => [
  ...finding(value !== '' && !PART.test(value), 'metadata.labelValue'),
  ...finding(value.length > MAX_PART, 'tooLong', { max: MAX_PART, length: value.length }),
]
