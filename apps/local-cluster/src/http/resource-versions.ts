import { statusErrors } from '@virtdeck/kubernetes'
import type { ObjectStore } from '../store/object-store.ts'

/** `?resourceVersion=`; undefined without one. Throws 500 for what is no version, as a real one. */
export function versionOf(url: URL): number | undefined {
  const text = url.searchParams.get('resourceVersion') ?? ''
  if (text === '') return undefined
  if (/^\d+$/.test(text)) return Number(text)
  throw statusErrors.other(500, '', versionProblem(text))
}

/** What is wrong with a text that should be a version. */
export function versionProblem(text: string): string {
  return `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`
}

/** Throws 504 when a reader wants a state that has not been reached yet. */
export function checkVersion(store: ObjectStore, url: URL): void {
  const version = versionOf(url)
  if (version === undefined || version <= store.version) return
  const message = `Timeout: Too large resource version: ${version}, current: ${store.version}`
  throw statusErrors.other(504, 'Timeout', message, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  })
}
