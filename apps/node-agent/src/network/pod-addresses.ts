/** Each node gives its pods addresses from a range of its own. */
const FIRST_RANGE = 128
const RANGES = 64
const SIZE = 256 * 256

/** The range of a node: `node01` → 10.129.0.0/16. */
export function podRangeOf(nodeName: string) {
  const digits = /(\d+)$/.exec(nodeName)?.[1]
  const index = (digits === undefined ? hashOf(nodeName) : Number(digits)) % RANGES
  const prefix = `10.${FIRST_RANGE + index}`
  return { index, prefix, cidr: `${prefix}.0.0/16` }
}

function hashOf(text: string): number {
  let hash = 0
  for (const character of text) hash = (hash * 31 + character.charCodeAt(0)) % 65_521
  return hash
}

/** Gives out addresses and takes none twice. */
export class PodAddresses {
  readonly #prefix: string
  readonly #used = new Map<string, string>()
  readonly #taken = new Set<string>()
  #next = 0

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** The pod's address: the same one whenever it is asked for. */
  addressOf(podUid: string): string {
    const known = this.#used.get(podUid)
    if (known !== undefined) return known
    for (let tried = 0; tried < SIZE; tried += 1) {
      const number = this.#next
      this.#next = (this.#next + 1) % SIZE
      const last = number % 256
      const address = `${this.#prefix}.${Math.floor(number / 256)}.${last}`
      // Router, name server and broadcast of the guest's own little network.
      if (last < 5 || last > 250 || this.#taken.has(address)) continue
      this.reserve(podUid, address)
      return address
    }
    throw new Error('all addresses of this node are taken')
  }

  /** An address that a pod has had since before this agent started. */
  reserve(podUid: string, address: string): void {
    this.#used.set(podUid, address)
    this.#taken.add(address)
  }

  release(podUid: string): void {
    const address = this.#used.get(podUid)
    if (address !== undefined) this.#taken.delete(address)
    this.#used.delete(podUid)
  }
}
