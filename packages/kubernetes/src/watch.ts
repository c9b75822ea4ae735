import type { KubernetesObject } from './object.ts'
import { isStatus, StatusError, statusErrors } from './status.ts'

export interface WatchEvent<T extends KubernetesObject = KubernetesObject> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'
  object: T
}

/** Reads newline-delimited watch events; an ERROR event is thrown as StatusError. */
export async function* readWatchEvents<T extends KubernetesObject>(
  chunks: AsyncIterable<string>,
): AsyncGenerator<WatchEvent<T>, void, undefined> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.trim() !== '') yield parseEvent<T>(line)
    }
  }
}

function parseEvent<T extends KubernetesObject>(line: string): WatchEvent<T> {
  const event = JSON.parse(line) as { type: string; object: unknown }
  if (event.type === 'ERROR') {
    throw isStatus(event.object)
      ? new StatusError(event.object)
      : statusErrors.internal(`the watch failed: ${JSON.stringify(event.object)}`)
  }
  return event as WatchEvent<T>
}
