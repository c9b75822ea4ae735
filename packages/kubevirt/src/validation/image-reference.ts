import { finding, type Finding } from './problem.ts'

/** [registry[:port]/]path[:tag][@digest], as the OCI distribution specification has it. */
const REFERENCE =
  /^(?:(?:localhost|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9-]+(?=:\d))(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,})?$/

/** F-10: the name of a container image. */
export function imageReferenceFindings(image: string): Finding[] {
  if (image === '') return [{ code: 'required' }]
  if (/\s/.test(image)) return [{ code: 'image.blank' }]
  const scheme = /^([a-z][a-z+-]*):\/\//i.exec(image)?.[0]
  if (scheme !== undefined) return [{ code: 'image.scheme', parameters: { scheme } }]
  if (REFERENCE.test(image)) return []
  const path = image.replace(/^[^/]*[.:][^/]*\//, '').replace(/[:@].*$/, '')
  return finding(true, /[A-Z]/.test(path) ? 'image.upperCase' : 'image.malformed')
}
