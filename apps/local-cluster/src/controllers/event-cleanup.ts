import type { IoK8sApiCoreV1Event as Event } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { unlessGone, type Controller } from './controller.ts'

const KEPT_MS = 60 * 60_000
const INTERVAL_MS = 5 * 60_000
const KEY = 'events'

/** Deletes events of more than an hour ago. A real API server lets etcd do it. */
export function eventCleanup({ client, now }: ControllerContext): Controller {
  return {
    name: 'event-cleanup',
    sources: [{ whenSynced: () => Promise.resolve(), start: once }],
    reconcile: async () => {
      const limit = now().getTime() - KEPT_MS
      for await (const page of client.listPages<Event>(RESOURCES.events)) {
        for (const event of page.items) {
          if (lastTimeOf(event) >= limit) continue
          const { namespace, name } = event.metadata
          await unlessGone(client.delete(RESOURCES.events, { namespace, name }))
        }
      }
      return { requeueAfterMs: INTERVAL_MS }
    },
  }
}

function once(add: (key: string) => void): () => void {
  add(KEY)
  return () => undefined
}

function lastTimeOf({ series, lastTimestamp, eventTime, metadata }: Event): number {
  const time =
    series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp
  return time === undefined ? Date.now() : Date.parse(String(time))
}
