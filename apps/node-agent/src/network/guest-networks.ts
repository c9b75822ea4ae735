import type { Duplex } from 'node:stream'
import type { GuestInterface } from '../guest-spec.ts'
import { messageOf } from '../log.ts'
import type { RunningGuest } from '../running-guest.ts'
import type { Bridge } from './attachments.ts'
import { BootServer } from './netboot/boot-server.ts'
import type { Segments } from './segments.ts'

export interface GuestNetworksOptions {
  segments: Segments
  /** Where boot servers have their files, and which addresses they give out. */
  boot: { files: string; pool: string }
}

/** Plugs guests into the bridges that they share, and takes them off when they end. */
export class GuestNetworks {
  readonly #options: GuestNetworksOptions
  readonly #bootServers = new Map<string, BootServer>()

  constructor(options: GuestNetworksOptions) {
    this.#options = options
  }

  async plug(running: RunningGuest): Promise<void> {
    for (const [index, nic] of running.interfaces.entries()) {
      await this.#plugOne(running, nic, index)
    }
  }

  /** Ends the boot servers of networks that have no guests any more. */
  prune(): void {
    const names = new Set(this.#options.segments.names())
    for (const [name, server] of this.#bootServers) {
      if (names.has(name)) continue
      this.#bootServers.delete(name)
      void server.close()
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
    const plug = this.#options.segments.plugGuest({
      segment: bridge.segment,
      stream,
      ...(bridge.checkSender && { onlyFrom: nic.macAddress }),
    })
    running.plugs.set(nic.name, plug)
    running.note(`Interface ${nic.name} is on the network ${bridge.segment}`)
    this.#ensureBootServer(bridge)
  }

  #ensureBootServer({ segment, bootFile }: Bridge): void {
    if (bootFile === undefined || this.#bootServers.has(segment)) return
    const { segments, boot } = this.#options
    const server: BootServer = new BootServer({
      ...boot,
      bootFile,
      send: (frame) => service?.send(frame),
    })
    const service = segments.plugService(segment, (frame) => server.receive(frame))
    this.#bootServers.set(segment, server)
  }
}
