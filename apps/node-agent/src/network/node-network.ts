import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { KubernetesClient } from '@virtdeck/kubernetes'
import { BootSlots } from '../boot-slots.ts'
import { splice } from '../displays/splice.ts'
import type { GuestInterface } from '../guest-spec.ts'
import type { Log } from '../log.ts'
import type { RunningGuest } from '../running-guest.ts'
import { resolveAttachments } from './attachments.ts'
import { GuestNetworks } from './guest-networks.ts'
import { openGuestPort } from './guest-ports.ts'
import type { Target } from './node-ports.ts'
import { bootPoolOf } from './netboot/boot-server.ts'
import { podRangeOf } from './pod-addresses.ts'
import { nodeNameOf, NodePeers, UPGRADE_PROTOCOL, type NodePeersOptions } from './node-peers.ts'
import { LINK_PATH, SegmentLinks } from './segment-links.ts'
import { ServiceProxy } from './service-proxy.ts'
import { Segments } from './segments.ts'

export interface NodeNetworkOptions {
  client: KubernetesClient
  nodeName: string
  dataDirectory: string
  /** With which this agent shows itself to others. */
  tls: NodePeersOptions['tls']
  /** The running guest whose pod has this address. */
  findGuest: (podAddress: string) => RunningGuest | undefined
  log: Log
  onError: (error: unknown) => void
}

const UPGRADED = `101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${UPGRADE_PROTOCOL}`
const POD_PORT = /^\/v1\/pod-port\/([\d.]+)\/(\d+)$/

/** All that connects guests: bridges, NodePorts, and the links with the other nodes' agents. */
export class NodeNetwork {
  readonly #client: KubernetesClient
  readonly #peers: NodePeers
  readonly #links: SegmentLinks
  readonly #guestNetworks: GuestNetworks
  readonly #serviceProxy: ServiceProxy
  readonly #findGuest: NodeNetworkOptions['findGuest']

  constructor(options: NodeNetworkOptions) {
    const { client, nodeName, dataDirectory, tls, log, onError } = options
    this.#client = client
    this.#findGuest = options.findGuest
    const proxies = new BootSlots({ directory: join(dataDirectory, 'service-proxy'), count: 1 })
    this.#serviceProxy = new ServiceProxy({
      client,
      acquire: () => proxies.tryAcquire(nodeName),
      open: (target) => this.#openPort(target),
      log,
    })
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
    this.#serviceProxy.start()
  }

  async stop(): Promise<void> {
    this.#peers.stop()
    this.#links.stop()
    await this.#serviceProxy.stop()
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
    if (head.length > 0) socket.unshift(head)
    const [, address, port] = POD_PORT.exec(request.url ?? '') ?? []
    if (request.url === LINK_PATH) {
      answer(socket, UPGRADED)
      this.#links.accept(nodeName, socket)
    } else if (address !== undefined) {
      void this.#joinPort({ address, port: Number(port) }, socket)
    } else {
      answer(socket, '403 Forbidden', 'Connection: close')
      socket.end()
    }
    return true
  }

  async #joinPort(target: Target, socket: Duplex): Promise<void> {
    try {
      const stream = await this.#openHere(target)
      answer(socket, UPGRADED)
      await splice(socket, stream)
    } catch {
      answer(socket, '502 Bad Gateway', 'Connection: close')
      socket.end()
    }
  }

  /** A connection to a pod's port, wherever the pod is. */
  async #openPort(target: Target): Promise<Duplex> {
    const node = this.#peers.nodeOfPod(target.address)
    if (node === undefined) return this.#openHere(target)
    return this.#peers.dial(node, `/v1/pod-port/${target.address}/${target.port}`)
  }

  async #openHere({ address, port }: Target): Promise<Duplex> {
    const running = this.#findGuest(address)
    if (running === undefined) throw new Error(`no guest has the address ${address}`)
    return openGuestPort(running, { port, protocol: 'tcp' })
  }
}

function answer(socket: Duplex, ...lines: string[]): void {
  socket.write(`HTTP/1.1 ${lines.join('\r\n')}\r\n\r\n`)
}
