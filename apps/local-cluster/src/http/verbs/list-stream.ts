import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import type { Snapshot } from '../../store/snapshot.ts'

/** Longer lists than this are sent while they are read. */
export const STREAMED_FROM = 500
const STEP = 200
/** A client that is slower than this must list in pages. */
const PATIENCE = 5 * 60_000

/**
 * Answers a long list without ever holding all of it: informers that know no pages list 100,000
 * objects in one request, and others want to be answered meanwhile.
 */
export async function streamList(
  request: IncomingMessage,
  response: ServerResponse,
  list: {
    /** The list's JSON up to its items. */
    head: string
    snapshot: Snapshot
    itemOf: (json: string) => string | undefined
  },
): Promise<void> {
  const { head, snapshot, itemOf } = list
  function* parts(): Generator<Buffer> {
    let separator = ''
    yield Buffer.from(head)
    for (let entries = snapshot.read(STEP); entries.length > 0; entries = snapshot.read(STEP)) {
      const items = entries.flatMap(({ json }) => itemOf(json) ?? [])
      if (items.length > 0) {
        yield Buffer.from(separator + items.join(','))
        separator = ','
      }
    }
    yield Buffer.from(']}')
  }
  response.statusCode = 200
  response.setHeader('Cache-Control', 'no-cache, private')
  response.setHeader('Content-Type', 'application/json')
  const source = Readable.from(parts())
  const signal = AbortSignal.timeout(PATIENCE)
  try {
    if (/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
      response.setHeader('Content-Encoding', 'gzip')
      response.setHeader('Vary', 'Accept-Encoding')
      const compress = createGzip({ level: constants.Z_BEST_SPEED })
      await pipeline(source, compress, response, { signal })
    } else {
      await pipeline(source, response, { signal })
    }
  } catch {
    // The client went away or was too slow; a broken answer tells it so.
    response.destroy()
  } finally {
    snapshot.close()
  }
}
