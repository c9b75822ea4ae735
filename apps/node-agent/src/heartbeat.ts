import { renewLease } from './node-lease.ts'
import { beat, registerNode, type NodeRegistrationOptions } from './node-registration.ts'

export interface HeartbeatOptions extends NodeRegistrationOptions {
  onError: (error: unknown) => void
}

const INTERVAL_MS = 10_000
const RETRY_MS = 1_000

/** Registers the node and keeps saying that it is alive, also across restarts of the API server. */
export class Heartbeat {
  readonly #options: HeartbeatOptions
  #timer: NodeJS.Timeout | undefined
  #registered = false
  #stopped = false

  constructor(options: HeartbeatOptions) {
    this.#options = options
  }

  start(): void {
    void this.#beat()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  async #beat(): Promise<void> {
    let pause = INTERVAL_MS
    try {
      await (this.#registered ? beat : registerNode)(this.#options)
      this.#registered = true
      await renewLease(this.#options.client, this.#options.nodeName)
    } catch (error) {
      // The node may have been deleted: the next one registers it again.
      this.#registered = false
      pause = RETRY_MS
      this.#options.onError(error)
    }
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#beat(), pause)
  }
}
