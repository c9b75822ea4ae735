import { isDeepStrictEqual } from 'node:util'
import type { Guest } from '../drivers/driver.ts'
import { readFacts, type AgentFacts, type AskAgent } from './facts.ts'

/** Addresses come and go without the agent telling. */
const INTERVAL_MS = 10_000
/** An agent that has just started does not know its addresses yet. */
const EARLY_INTERVAL_MS = 1_000
const EARLY_MS = 10_000

/** Keeps what the guest agent tells, for as long as it is connected. */
export class GuestAgentWatch {
  readonly #guest: Guest
  readonly #onChange: () => void
  #facts: AgentFacts | undefined
  #timer: NodeJS.Timeout | undefined
  #connectedAt: number | undefined
  #stopped = false

  constructor(guest: Guest, onChange: () => void) {
    this.#guest = guest
    this.#onChange = onChange
  }

  /** Undefined: no agent is connected, or it has not told anything yet. */
  get facts(): AgentFacts | undefined {
    return this.#facts
  }

  /** To be called when the agent may have come or gone. */
  check(): void {
    if (this.#guest.agentConnected === (this.#connectedAt !== undefined)) return
    clearTimeout(this.#timer)
    this.#connectedAt = this.#guest.agentConnected ? performance.now() : undefined
    if (this.#connectedAt === undefined) this.#facts = undefined
    else void this.refresh()
  }

  async refresh(): Promise<void> {
    clearTimeout(this.#timer)
    const before = this.#facts
    try {
      // A paused guest's agent cannot answer; what it told is still true.
      if (!this.#guest.paused) {
        const ask: AskAgent = (command, args) => this.#guest.agent(command, args)
        this.#facts = await readFacts(ask, before)
      }
    } catch {
      // It is busy, or about to go: the next time tells.
    }
    if (this.#stopped || this.#connectedAt === undefined) return
    const isEarly = performance.now() - this.#connectedAt < EARLY_MS
    this.#timer = setTimeout(
      () => void this.refresh(),
      isEarly ? EARLY_INTERVAL_MS : INTERVAL_MS,
    )
    if (!isDeepStrictEqual(before, this.#facts)) this.#onChange()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }
}
