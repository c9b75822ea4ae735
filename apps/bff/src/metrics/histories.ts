import { History } from './history.ts'
import type { Figures } from './reading.ts'

const KEPT_MS = 24 * 60 * 60_000
/** About 200 MB: a cluster with more has its own monitoring. */
const MAX_VIRTUAL_MACHINES = 10_000

/** The histories of all VMs of a collector, by `namespace/name`. */
export class Histories {
  readonly #histories = new Map<string, History>()

  add(time: number, figures: ReadonlyMap<string, Figures>): void {
    for (const [key, one] of figures) {
      const history = this.#histories.get(key) ?? new History()
      history.add(time, one)
      // Back in at the end: the first are those that have been silent for longest.
      this.#histories.delete(key)
      this.#histories.set(key, history)
    }
    for (const [key, { latest }] of this.#histories) {
      const isOld = time - (latest?.time ?? 0) > KEPT_MS
      if (!isOld && this.#histories.size <= MAX_VIRTUAL_MACHINES) return
      this.#histories.delete(key)
    }
  }

  get(key: string): History | undefined {
    return this.#histories.get(key)
  }
}
