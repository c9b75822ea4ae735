import type { KubernetesObject } from './object.ts'

/** The times of an event; which of them it has depends on who recorded it. */
export interface EventLike extends KubernetesObject {
  lastTimestamp?: string | undefined
  eventTime?: string | undefined
  series?: { lastObservedTime?: string | undefined } | undefined
}

/** When an event last happened. */
export const lastSeenAt = ({ series, lastTimestamp, eventTime, metadata }: EventLike) =>
  series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata?.creationTimestamp ?? ''

/**
 * Sorts events as they happened. Most have whole seconds: within one, the versions tell, which
 * Kubernetes promises to grow (KEP-5504).
 */
export function eventOrder(event: EventLike): string {
  const second = lastSeenAt(event).slice(0, '2026-01-01T00:00:00'.length)
  return `${second} ${(event.metadata?.resourceVersion ?? '').padStart(20, '0')}`
}
