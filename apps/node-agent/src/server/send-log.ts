import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { statusErrors } from '@virtdeck/kubernetes'
import { logSelectionOf, readContainerLog } from './container-logs.ts'
import {
  explainPlainContainer,
  findPodOf,
  hasEnded,
  instanceUidOf,
  type ContainerRef,
  type FindPod,
} from './containers.ts'

/** Answers `/containerLogs/…` as a kubelet does. */
export async function sendLog(
  { findPod, directoryOf }: { findPod: FindPod; directoryOf: (guestUid: string) => string },
  { ref, query }: { ref: ContainerRef; query: URLSearchParams },
  response: ServerResponse,
): Promise<void> {
  const pod = findPodOf(findPod, ref)
  if (query.get('previous') === 'true') {
    // No container is ever started a second time here.
    throw statusErrors.badRequest(
      `previous terminated container "${ref.container}" in pod "${ref.pod}" not found`,
    )
  }
  response.setHeader('content-type', 'text/plain; charset=utf-8')
  const guest = instanceUidOf(pod)
  if (guest === undefined) {
    response.end(`${explainPlainContainer(pod, ref.container)}\n`)
    return
  }
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  response.flushHeaders()
  const log = readContainerLog({
    directory: directoryOf(guest),
    container: ref.container,
    selection: logSelectionOf(query),
    ended: () => hasEnded(findPod, ref, pod.metadata?.uid),
    signal: gone.signal,
  })
  await pipeline(Readable.from(log), response)
}
