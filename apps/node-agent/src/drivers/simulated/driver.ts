import type { GuestSpec } from '../../guest-spec.ts'
import type { Driver, Guest, GuestEvents, GuestPlace } from '../driver.ts'
import { SimulatedGuest } from './guest.ts'

/** Guests for machines without QEMU, and for trying thousands of them: plainly labelled. */
export class SimulatedDriver implements Driver {
  readonly name = 'simulated'
  readonly accelerator = 'none'
  readonly heavy = false

  cpuModels(): Promise<string[]> {
    return Promise.resolve([])
  }

  start(_place: GuestPlace, spec: GuestSpec, events: GuestEvents): Promise<Guest> {
    return Promise.resolve(new SimulatedGuest(spec, events))
  }

  /** They live in the agent: with it they are gone. */
  attach(): Promise<undefined> {
    return Promise.resolve(undefined)
  }
}
