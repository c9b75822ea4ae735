import { hashKey, type QueryClient } from '@tanstack/react-query'
import type { LiveQuery } from '@virtdeck/bff-contract'
import { afterFrame, afterLoss, LOADING, type LiveContent } from './live-content.ts'
import type { LiveSocket } from './live-socket.ts'
import { endSession } from './session.ts'

export const liveKey = (query: LiveQuery) => ['live', query] as const

/** Moving between tabs of a page, or back within this time, costs no new subscription. */
const LINGER_MILLISECONDS = 2000

interface Shared {
  readers: number
  linger: ReturnType<typeof setTimeout> | undefined
  unsubscribe: () => void
}

/** Shares one subscription among all readers of a query and keeps its cache entry current. */
export class LiveSubscriptions {
  readonly #socket: LiveSocket
  readonly #queryClient: QueryClient
  readonly #shared = new Map<string, Shared>()

  constructor(socket: LiveSocket, queryClient: QueryClient) {
    this.#socket = socket
    this.#queryClient = queryClient
  }

  /** Starts reading; returns the function that stops it. */
  read(query: LiveQuery): () => void {
    const id = hashKey(liveKey(query))
    const shared = this.#shared.get(id) ?? this.#start(id, query)
    clearTimeout(shared.linger)
    shared.readers += 1
    return () => {
      shared.readers -= 1
      if (shared.readers > 0) return
      shared.linger = setTimeout(() => {
        this.#shared.delete(id)
        shared.unsubscribe()
        this.#update(query, afterLoss)
      }, LINGER_MILLISECONDS)
    }
  }

  #start(id: string, query: LiveQuery): Shared {
    const unsubscribe = this.#socket.subscribe({
      query,
      onFrame: (frame) => {
        this.#update(query, (content) => afterFrame(content, frame))
        // The cluster knows the user's token no more: only another sign-in helps.
        const isOver = frame.type === 'error' && !frame.retrying && frame.error.status === 401
        if (isOver) endSession(this.#queryClient)
      },
      onLost: () => this.#update(query, afterLoss),
    })
    const shared: Shared = { readers: 0, linger: undefined, unsubscribe }
    this.#shared.set(id, shared)
    return shared
  }

  #update(query: LiveQuery, change: (content: LiveContent) => LiveContent): void {
    this.#queryClient.setQueryData<LiveContent>(liveKey(query), (content = LOADING) =>
      change(content),
    )
  }
}
