import { privateRoutes } from '@virtdeck/bff-contract'
import { pathOf, RESOURCES } from '@virtdeck/kubernetes'
import { request } from '../live/request.ts'
import { LOG_LIMITS } from './log-buffer.ts'
import type { LogSessionOptions } from './log-session.ts'

/** Whose log: of which container, and of which of its lives. */
export interface LogTarget {
  namespace: string
  pod: string
  container: string
  /** The log of the container before its last restart. */
  previous: boolean
}

function logUrl(target: LogTarget, query: Record<string, string>): string {
  const { namespace, pod, container, previous } = target
  const path = pathOf(RESOURCES.pods, { namespace, name: pod, subresource: 'log' })
  const search = new URLSearchParams({ container, ...query })
  if (previous) search.set('previous', 'true')
  return `${privateRoutes.kubernetes}${path}?${search.toString()}`
}

/** The whole log; the browser writes it to a file as it comes. */
export const downloadUrl = (target: LogTarget): string => logUrl(target, { timestamps: 'true' })

/** Reads as much of a log's end as can be kept, or goes on where a connection broke. */
export const openLog =
  (target: LogTarget): LogSessionOptions['open'] =>
  async ({ sinceTime, signal }) => {
    const url = logUrl(target, {
      timestamps: 'true',
      ...(!target.previous && { follow: 'true' }),
      ...(sinceTime === undefined ? { tailLines: String(LOG_LIMITS.lines) } : { sinceTime }),
    })
    const { body } = await request(url, { accept: '*/*', signal })
    return body ?? new ReadableStream({ start: (controller) => controller.close() })
  }
