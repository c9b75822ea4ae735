import type { Duplex } from 'node:stream'
import type { GuestInterface } from '../guest-spec.ts'
import { messageOf } from '../log.ts'
import type { RunningGuest } from '../running-guest.ts'
import type { Segments } from './segments.ts'

/** Plugs guests into the bridges that they share, and takes them off when they end. */
export class GuestNetworks {
  readonly #segments: Segments

  constructor(segments: Segments) {
    this.#segments = segments
  }

  async plug(running: RunningGuest): Promise<void> {
    for (const [index, nic] of running.interfaces.entries()) {
      await this.#plugOne(running, nic, index)
    }
  }

  async #plugOne(running: RunningGuest, nic: GuestInterface, index: number): Promise<void> {
    const bridge = nic.network.kind === 'bridge' ? nic.network.bridge : undefined
    if (bridge === undefined) return
    let stream: Duplex
    try {
      stream = await running.guest.openInterface(index)
    } catch (error) {
      running.note(`Interface ${nic.name} has no network: ${messageOf(error)}`)
      return
    }
    const plug = this.#segments.plugGuest({
      segment: bridge.segment,
      stream,
      ...(bridge.checkSender && { onlyFrom: nic.macAddress }),
    })
    running.plugs.set(nic.name, plug)
    running.note(`Interface ${nic.name} is on the network ${bridge.segment}`)
  }
}
