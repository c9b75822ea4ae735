import type { Duplex } from 'node:stream'
import type { Segments } from './segments.ts'

export interface SegmentLinksOptions {
  nodeName: string
  segments: Segments
  peers: {
    names: () => string[]
    dial: (name: string, path: string) => Promise<Duplex>
  }
  retryMs?: number
}

export const LINK_PATH = '/v1/network-link'
const RETRY_MS = 1_000

/**
 * Keeps one link to every other node while guests of this one are on shared networks. Of two
 * nodes, the one that comes first in the alphabet dials. A link that breaks, because the other
 * agent ended, is made again for as long as there are guests: they notice a pause, nothing more.
 */
export class SegmentLinks {
  readonly #options: SegmentLinksOptions
  readonly #links = new Map<string, Duplex>()
  readonly #dialing = new Set<string>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  #stopped = false

  constructor(options: SegmentLinksOptions) {
    this.#options = options
  }

  /** Dials whom it should; call it when nodes or networks have changed. */
  update(): void {
    const { nodeName, peers, segments } = this.#options
    if (this.#stopped || segments.names().length === 0) return
    for (const name of peers.names()) if (nodeName < name) void this.#dial(name)
  }

  /** Another node's agent has dialled. */
  accept(name: string, stream: Duplex): void {
    // It dials only when it has no link: the one that is known is dead.
    this.#links.get(name)?.destroy()
    this.#links.set(name, stream)
    stream.once('close', () => {
      if (this.#links.get(name) === stream) this.#links.delete(name)
    })
    this.#options.segments.addLink(stream)
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    for (const stream of this.#links.values()) stream.destroy()
  }

  async #dial(name: string): Promise<void> {
    if (this.#links.has(name) || this.#dialing.has(name) || this.#timers.has(name)) return
    this.#dialing.add(name)
    try {
      const stream = await this.#options.peers.dial(name, LINK_PATH)
      if (this.#stopped) {
        stream.destroy()
        return
      }
      stream.once('close', () => this.#retry(name))
      this.accept(name, stream)
    } catch {
      // The other agent is not there: the network is in two parts until it is.
      this.#retry(name)
    } finally {
      this.#dialing.delete(name)
    }
  }

  #retry(name: string): void {
    if (this.#stopped || this.#timers.has(name)) return
    const timer = setTimeout(() => {
      this.#timers.delete(name)
      this.update()
    }, this.#options.retryMs ?? RETRY_MS)
    this.#timers.set(name, timer)
  }
}
