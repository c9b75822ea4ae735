import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { KubernetesClient } from '@virtdeck/kubernetes'
import type { GuestInterface } from '../guest-spec.ts'
import type { RunningGuest } from '../running-guest.ts'
import { resolveAttachments } from './attachments.ts'
import { GuestNetworks } from './guest-networks.ts'
import { bootPoolOf } from './netboot/boot-server.ts'
import { podRangeOf } from './pod-addresses.ts'
import { nodeNameOf, NodePeers, UPGRADE_PROTOCOL, type NodePeersOptions } from './node-peers.ts'
import { LINK_PATH, SegmentLinks } from './segment-links.ts'
import { Segments } from './segments.ts'

export interface NodeNetworkOptions {
  client: KubernetesClient
  nodeName: string
  dataDirectory: string
  /** With which this agent shows itself to others. */
  tls: NodePeersOptions['tls']
  onError: (error: unknown) => void
}

/** All that connects guests: bridges, and the links with the other nodes' agents. */
export class NodeNetwork {
  readonly #client: KubernetesClient
  readonly #peers: NodePeers
  readonly #links: SegmentLinks
  readonly #guestNetworks: GuestNetworks

  constructor({ client, nodeName, dataDirectory, tls, onError }: NodeNetworkOptions) {
    this.#client = client
    this.#peers = new NodePeers({ client, nodeName, tls, onError })
    const segments = new Segments({
      onSegments: () => {
        this.#links.update()
        this.#guestNetworks.prune()
      },
    })
    this.#links = new SegmentLinks({ nodeName, segments, peers: this.#peers })
    this.#guestNetworks = new GuestNetworks({
      segments,
      boot: {
        files: join(dataDirectory, 'netboot'),
        pool: bootPoolOf(podRangeOf(nodeName).index),
      },
    })
  }

  start(): void {
    this.#peers.start(() => this.#links.update())
  }

  stop(): void {
    this.#peers.stop()
    this.#links.stop()
  }

  resolve(interfaces: GuestInterface[]): Promise<GuestInterface[]> {
    return resolveAttachments(this.#client, interfaces)
  }

  plug(running: RunningGuest): Promise<void> {
    return this.#guestNetworks.plug(running)
  }

  /** Answers another agent's request for a stream; false if it is not for this. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const nodeName = nodeNameOf(request.socket)
    if (nodeName === undefined) return false
    if (request.url !== LINK_PATH) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return true
    }
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${UPGRADE_PROTOCOL}\r\n\r\n`,
    )
    if (head.length > 0) socket.unshift(head)
    this.#links.accept(nodeName, socket)
    return true
  }
}
