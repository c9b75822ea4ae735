import {
  LIVE_CLOSE,
  liveClientFrame,
  privateRoutes,
  type LiveClientFrame,
} from '@virtdeck/bff-contract'
import type { FastifyPluginAsync } from 'fastify'
import type { RawData, WebSocket } from 'ws'
import type { SessionRegistry } from '../../identity/session-registry.ts'
import type { UserSession } from '../../identity/session.ts'
import type { LiveQueries } from '../../rows/live-queries.ts'

/** A client with this much unread gets no more until it has read. */
const SLOW_CLIENT_BYTES = 256 * 1024
const MAX_SUBSCRIPTIONS = 100
const HEARTBEAT_MS = 20_000
const MAX_UNANSWERED = 2

/**
 * `/api/live`: the WebSocket of live queries. In: subscribe and unsubscribe frames. Out:
 * page, delta, object and error frames. Closes with 4401 when the session ends (ask
 * `/api/session` before giving up: it may have been renewed) and 4400 for a bad frame.
 */
export const liveRoute: FastifyPluginAsync<{ queries: LiveQueries }> = async (
  app,
  { queries },
) => {
  app.onUpgrade(privateRoutes.live, async ({ session, accept }) => {
    const socket = await accept()
    if (!session) return socket.close(LIVE_CLOSE.sessionEnded, 'You are not signed in.')
    serve({ socket, session, queries, registry: app.sessions.registry })
  })
}

interface ServeOptions {
  socket: WebSocket
  session: UserSession
  queries: LiveQueries
  registry: SessionRegistry
}

function serve({ socket, session, queries, registry }: ServeOptions): void {
  const subscriptions = new Map<number, () => void>()
  let unanswered = 0

  const unsubscribe = (id: number) => {
    subscriptions.get(id)?.()
    subscriptions.delete(id)
  }
  const heartbeat = setInterval(() => {
    if (!registry.isValid(session)) {
      return socket.close(LIVE_CLOSE.sessionEnded, 'The session has ended.')
    }
    if (unanswered >= MAX_UNANSWERED) return socket.terminate()
    unanswered += 1
    socket.ping()
  }, HEARTBEAT_MS)

  socket.on('pong', () => (unanswered = 0))
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearInterval(heartbeat)
    for (const id of subscriptions.keys()) unsubscribe(id)
  })
  socket.on('message', (data) => {
    const frame = parseFrame(data)
    if (!frame || subscriptions.size >= MAX_SUBSCRIPTIONS) {
      return socket.close(LIVE_CLOSE.badFrame, 'This frame was not understood.')
    }
    const { id } = frame
    unsubscribe(id)
    if (frame.type === 'unsubscribe') return
    const stop = queries.subscribe({
      session,
      query: frame.query,
      ready: () => socket.bufferedAmount < SLOW_CLIENT_BYTES,
      send: (answer) => {
        if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ ...answer, id }))
      },
    })
    subscriptions.set(id, stop)
  })
}

function parseFrame(data: RawData): LiveClientFrame | undefined {
  try {
    return liveClientFrame.parse(JSON.parse((data as Buffer).toString('utf8')))
  } catch {
    return undefined
  }
}
