import {
  LIVE_CLOSE,
  liveServerFrame,
  type LiveClientFrame,
  type LiveQuery,
  type LiveServerFrame,
} from '@virtdeck/bff-contract'

/** `idle`: nothing is subscribed yet. `ended`: the session is over; nothing reconnects. */
export type LiveSocketState = 'idle' | 'connecting' | 'open' | 'reconnecting' | 'ended'

/** The part of WebSocket that is used here, so that tests bring their own. */
export type LiveConnection = Pick<
  WebSocket,
  'send' | 'close' | 'readyState' | 'addEventListener'
>

export interface LiveSocketOptions {
  connect: () => LiveConnection
  onSessionEnded: () => void
  /** Milliseconds before attempt `n` (from 1) to reconnect. */
  backOff?: (attempt: number) => number
}

interface Subscription {
  query: LiveQuery
  onFrame: (frame: LiveServerFrame) => void
  /** The connection was lost: what was received may be out of date. */
  onLost: () => void
}

const OPEN = 1

/** Half a second, doubling to 15 s, each with jitter so that tabs do not return in step. */
function defaultBackOff(attempt: number): number {
  const ceiling = Math.min(15_000, 500 * 2 ** (attempt - 1))
  return ceiling / 2 + Math.random() * (ceiling / 2)
}

/**
 * The one WebSocket of a tab. It opens with the first subscription, reconnects until the
 * session ends, and subscribes again after that: subscribers notice only a lost connection
 * and a fresh page.
 */
export class LiveSocket {
  readonly #options: LiveSocketOptions
  readonly #subscriptions = new Map<number, Subscription>()
  readonly #listeners = new Set<() => void>()
  #state: LiveSocketState = 'idle'
  #connection: LiveConnection | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #attempt = 0
  #lastId = 0

  constructor(options: LiveSocketOptions) {
    this.#options = options
  }

  get state(): LiveSocketState {
    return this.#state
  }

  onStateChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Returns the function that ends the subscription. */
  subscribe(subscription: Subscription): () => void {
    this.#lastId += 1
    const id = this.#lastId
    this.#subscriptions.set(id, subscription)
    if (this.#state === 'idle') this.#connect('connecting')
    else this.#send({ type: 'subscribe', id, query: subscription.query })
    return () => {
      if (this.#subscriptions.delete(id)) this.#send({ type: 'unsubscribe', id })
    }
  }

  /** Tries again now instead of after the back-off. */
  retryNow(): void {
    if (this.#state !== 'reconnecting' || this.#connection) return
    clearTimeout(this.#retry)
    this.#connect('reconnecting')
  }

  close(): void {
    clearTimeout(this.#retry)
    this.#setState('ended')
    const connection = this.#connection
    this.#connection = undefined
    connection?.close(1000)
  }

  #setState(state: LiveSocketState): void {
    if (state === this.#state) return
    this.#state = state
    for (const listener of this.#listeners) listener()
  }

  #connect(state: 'connecting' | 'reconnecting'): void {
    this.#setState(state)
    const connection = this.#options.connect()
    this.#connection = connection
    connection.addEventListener('open', () => {
      if (this.#connection !== connection) return
      this.#attempt = 0
      this.#setState('open')
      for (const [id, { query }] of this.#subscriptions) {
        this.#send({ type: 'subscribe', id, query })
      }
    })
    connection.addEventListener('message', ({ data }) => {
      if (this.#connection === connection) this.#receive(String(data))
    })
    connection.addEventListener('close', ({ code }) => {
      if (this.#connection === connection) this.#lost(code)
    })
  }

  #lost(code: number): void {
    this.#connection = undefined
    if (code === LIVE_CLOSE.sessionEnded) {
      this.#setState('ended')
      this.#options.onSessionEnded()
      return
    }
    for (const { onLost } of this.#subscriptions.values()) onLost()
    this.#setState('reconnecting')
    this.#attempt += 1
    const delay = (this.#options.backOff ?? defaultBackOff)(this.#attempt)
    this.#retry = setTimeout(() => this.#connect('reconnecting'), delay)
  }

  #send(frame: LiveClientFrame): void {
    if (this.#connection?.readyState === OPEN) this.#connection.send(JSON.stringify(frame))
  }

  #receive(data: string): void {
    const frame = liveServerFrame.safeParse(JSON.parse(data))
    // A newer server may send kinds of frames that this page does not know.
    if (frame.success) this.#subscriptions.get(frame.data.id)?.onFrame(frame.data)
  }
}
