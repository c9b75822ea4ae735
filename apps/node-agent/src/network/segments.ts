import type { Duplex } from 'node:stream'
import { EthernetSwitch, type SwitchPort } from './ethernet-switch.ts'
import { FrameStream } from './frames.ts'

/** What an interface has sent and received, as its guest sees it. */
export interface InterfaceCounters {
  receivedBytes: number
  receivedPackets: number
  transmittedBytes: number
  transmittedPackets: number
  /** What the guest did not read in time. */
  receivedDropped: number
}

export interface GuestPlug {
  counters: Readonly<InterfaceCounters>
  unplug: () => void
}

export interface PlugOptions {
  /** Name of the network. */
  segment: string
  /** The interface's frames, as the driver gives them. */
  stream: Duplex
  /** Drops frames that claim to come from another address. */
  onlyFrom?: string
}

interface Segment {
  name: string
  switch: EthernetSwitch
}

/** The connection with another node: a port on each network that both may be on. */
interface Link {
  stream: FrameStream
  trunks: Map<Segment, { port: SwitchPort; unplug: () => void }>
}

export interface SegmentsOptions {
  /** A network has got its first guest on this node, or has lost its last one. */
  onSegments?: () => void
}

/**
 * The layer 2 networks that guests of this node are on: a switch for each, and one link to every
 * other node that carries the frames of all of them, with the network's name in front.
 */
export class Segments {
  readonly #segments = new Map<string, Segment>()
  readonly #links = new Set<Link>()
  readonly #options: SegmentsOptions

  constructor(options: SegmentsOptions = {}) {
    this.#options = options
  }

  /** Names of the networks that have guests here. */
  names(): string[] {
    return [...this.#segments.keys()]
  }

  plugGuest({ segment: name, stream, onlyFrom }: PlugOptions): GuestPlug {
    const segment = this.#segmentOf(name)
    const counters: InterfaceCounters = {
      receivedBytes: 0,
      receivedPackets: 0,
      transmittedBytes: 0,
      transmittedPackets: 0,
      receivedDropped: 0,
    }
    const allowed = onlyFrom === undefined ? undefined : addressBytes(onlyFrom)
    const frames = new FrameStream(stream, (frame) => {
      counters.transmittedBytes += frame.length
      counters.transmittedPackets += 1
      if (allowed !== undefined && frame.compare(allowed, 0, 6, 6, 12) !== 0) return
      segment.switch.forward(frame, port)
    })
    const port: SwitchPort = {
      kind: 'guest',
      send: (frame) => {
        if (frames.send(frame)) {
          counters.receivedBytes += frame.length
          counters.receivedPackets += 1
        } else counters.receivedDropped += 1
      },
    }
    const remove = segment.switch.plug(port)
    frames.onClose(() => {
      remove()
      this.#dropIfEmpty(segment)
    })
    if (segment.switch.guests === 1) this.#options.onSegments?.()
    return { counters, unplug: () => frames.close() }
  }

  /** Adds a service of this node to a network that guests are on; undefined if there is none. */
  plugService(
    name: string,
    receive: (frame: Buffer) => void,
  ): { send: (frame: Buffer) => void } | undefined {
    const segment = this.#segments.get(name)
    if (segment === undefined) return undefined
    const port: SwitchPort = { kind: 'service', send: receive }
    segment.switch.plug(port)
    return { send: (frame) => segment.switch.forward(frame, port) }
  }

  /** Joins this node's networks with those of another one for as long as the stream lasts. */
  addLink(stream: Duplex): void {
    const trunks: Link['trunks'] = new Map()
    const receive = (message: Buffer) => {
      const start = 1 + (message[0] ?? 0)
      const segment = this.#segments.get(message.toString('utf8', 1, start))
      const trunk = segment && trunks.get(segment)
      if (segment && trunk) segment.switch.forward(message.subarray(start), trunk.port)
    }
    const link: Link = { stream: new FrameStream(stream, receive), trunks }
    this.#links.add(link)
    for (const segment of this.#segments.values()) plugTrunk(link, segment)
    link.stream.onClose(() => {
      this.#links.delete(link)
      for (const { unplug } of trunks.values()) unplug()
    })
  }

  close(): void {
    for (const { stream } of this.#links) stream.close()
  }

  #segmentOf(name: string): Segment {
    const known = this.#segments.get(name)
    if (known) return known
    const segment: Segment = { name, switch: new EthernetSwitch() }
    this.#segments.set(name, segment)
    for (const link of this.#links) plugTrunk(link, segment)
    return segment
  }

  #dropIfEmpty(segment: Segment): void {
    if (segment.switch.guests > 0) return
    this.#segments.delete(segment.name)
    for (const { trunks } of this.#links) trunks.delete(segment)
    this.#options.onSegments?.()
  }
}

function plugTrunk({ stream, trunks }: Link, segment: Segment): void {
  const name = Buffer.from(segment.name)
  const head = Buffer.concat([Buffer.from([name.length]), name])
  const port: SwitchPort = { kind: 'trunk', send: (frame) => void stream.send(head, frame) }
  trunks.set(segment, { port, unplug: segment.switch.plug(port) })
}

function addressBytes(text: string): Buffer {
  return Buffer.from(text.replaceAll(':', ''), 'hex')
}
