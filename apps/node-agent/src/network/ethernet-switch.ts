/** Where a port of a switch leads to. */
export type PortKind =
  | 'guest'
  /** To the same network's switch on another node. */
  | 'trunk'
  /** A service of this node: each node has its own, so its frames stay here. */
  | 'service'

export interface SwitchPort {
  readonly kind: PortKind
  send: (frame: Buffer) => void
}

const SHORTEST_FRAME = 14
/** A station that was silent for so long may have moved. */
const FORGET_AFTER_MS = 300_000
/** Enough for any network; a flood of invented addresses must not fill the memory. */
const MOST_STATIONS = 4_096

interface Station {
  port: SwitchPort
  seenAt: number
}

/** A learning Ethernet switch: the part of a layer 2 network that is on this node. */
export class EthernetSwitch {
  readonly #ports = new Set<SwitchPort>()
  readonly #stations = new Map<string, Station>()
  readonly #now: () => number

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Returns what unplugs it. */
  plug(port: SwitchPort): () => void {
    this.#ports.add(port)
    return () => {
      this.#ports.delete(port)
      for (const [address, station] of this.#stations) {
        if (station.port === port) this.#stations.delete(address)
      }
    }
  }

  get guests(): number {
    let count = 0
    for (const { kind } of this.#ports) if (kind === 'guest') count += 1
    return count
  }

  /** Passes a frame that came in by one of the ports on to where it belongs. */
  forward(frame: Buffer, from: SwitchPort): void {
    if (frame.length < SHORTEST_FRAME) return
    this.#learn(frame.toString('latin1', 6, 12), from)
    const isGroup = ((frame[0] ?? 0) & 1) === 1
    const known = isGroup ? undefined : this.#find(frame.toString('latin1', 0, 6))
    if (known) {
      if (known !== from && mayPass(from, known)) known.send(frame)
      return
    }
    for (const port of this.#ports) {
      if (port !== from && mayPass(from, port)) port.send(frame)
    }
  }

  #learn(address: string, port: SwitchPort): void {
    // Group addresses send nothing.
    if ((address.charCodeAt(0) & 1) === 1) return
    const station = this.#stations.get(address)
    if (station === undefined && this.#stations.size >= MOST_STATIONS) return
    this.#stations.set(address, { port, seenAt: this.#now() })
  }

  #find(address: string): SwitchPort | undefined {
    const station = this.#stations.get(address)
    if (station === undefined) return undefined
    if (this.#now() - station.seenAt < FORGET_AFTER_MS) return station.port
    this.#stations.delete(address)
    return undefined
  }
}

/**
 * All switches of a network are linked with each other, so what came by a trunk has reached
 * every other node already: passing it on would make loops.
 */
function mayPass({ kind: from }: SwitchPort, { kind: to }: SwitchPort): boolean {
  if (from === 'trunk') return to === 'guest'
  return from !== 'service' || to === 'guest'
}
