import { request } from 'node:https'
import { isIPv4 } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { IoK8sApiCoreV1Node as Node } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { Informer, RESOURCES, type KubernetesClient } from '@virtdeck/kubernetes'

/** Where another node's agent listens, and which pods are there. */
interface Peer {
  host: string
  port: number
  podCidr: string
}

export interface NodePeersOptions {
  client: KubernetesClient
  nodeName: string
  /** PEM; the certificate says that this is a node. */
  tls: { ca: string; cert: string; key: string }
  onError: (error: unknown) => void
}

/** How agents talk to each other: raw bytes after an HTTP upgrade, as consoles do. */
export const UPGRADE_PROTOCOL = 'virtdeck-node'
const DIAL_PATIENCE_MS = 5_000
const NODE_PREFIX = 'system:node:'

/** The other nodes' agents, from the Node objects. */
export class NodePeers {
  readonly #options: NodePeersOptions
  readonly #nodes: Informer<Node>
  readonly #peers = new Map<string, Peer>()
  #onChange: () => void = () => undefined

  constructor(options: NodePeersOptions) {
    this.#options = options
    const { client, nodeName } = options
    this.#nodes = new Informer<Node>({ client, resource: RESOURCES.nodes })
    const learn = (node: Node) => {
      const name = node.metadata?.name ?? ''
      const peer = peerOf(node)
      if (name === nodeName || peer === undefined) return
      const known = this.#peers.get(name)
      this.#peers.set(name, peer)
      if (known?.port !== peer.port || known.host !== peer.host) this.#onChange()
    }
    this.#nodes.subscribe({
      onAdd: learn,
      onUpdate: learn,
      onDelete: (node) => this.#peers.delete(node.metadata?.name ?? ''),
      onError: options.onError,
    })
  }

  /** Calls back when there is another agent, or one has moved. */
  start(onChange: () => void): void {
    this.#onChange = onChange
    this.#nodes.start()
  }

  stop(): void {
    this.#nodes.stop()
  }

  names(): string[] {
    return [...this.#peers.keys()]
  }

  /** The node whose pods have such addresses. */
  nodeOfPod(address: string): string | undefined {
    for (const [name, { podCidr }] of this.#peers) {
      if (isInside(address, podCidr)) return name
    }
    return undefined
  }

  /** A stream to another node's agent. */
  dial(name: string, path: string): Promise<Duplex> {
    const peer = this.#peers.get(name)
    if (peer === undefined) return Promise.reject(new Error(`there is no node "${name}"`))
    const { host, port } = peer
    return new Promise((resolve, reject) => {
      const outgoing = request({
        ...this.#options.tls,
        host,
        port,
        path,
        servername: name,
        agent: false,
        timeout: DIAL_PATIENCE_MS,
        headers: { connection: 'Upgrade', upgrade: UPGRADE_PROTOCOL },
      })
      outgoing.once('upgrade', (_response, socket: TLSSocket, head) => {
        socket.setTimeout(0)
        socket.setNoDelay(true)
        if (head.length > 0) socket.unshift(head)
        resolve(socket)
      })
      outgoing.once('response', (response) => {
        response.resume()
        reject(new Error(`node "${name}" answered ${response.statusCode}`))
      })
      outgoing.once('timeout', () => outgoing.destroy(new Error(`node "${name}" is silent`)))
      outgoing.once('error', reject)
      outgoing.end()
    })
  }
}

function peerOf({ status, spec }: Node): Peer | undefined {
  // The published type calls the wire's `Port` `port`.
  const { kubeletEndpoint } = (status?.daemonEndpoints ?? {}) as {
    kubeletEndpoint?: { Port?: number }
  }
  const host = status?.addresses?.find(({ type }) => type === 'InternalIP')?.address
  const port = kubeletEndpoint?.Port
  if (!host || !port) return undefined
  return { host, port, podCidr: spec?.podCIDR ?? '' }
}

/** Whether an IPv4 address is in a range such as 10.129.0.0/16. */
export function isInside(address: string, cidr: string): boolean {
  const [base = '', bits] = cidr.split('/')
  if (!isIPv4(address) || !isIPv4(base)) return false
  const shift = 32 - Number(bits)
  return numberOf(address) >>> shift === numberOf(base) >>> shift
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

/** The node that a client's certificate names; undefined if it is no node's. */
export function nodeNameOf(socket: unknown): string | undefined {
  const { CN } = (socket as TLSSocket).getPeerCertificate().subject
  const name = Array.isArray(CN) ? CN[0] : CN
  return name?.startsWith(NODE_PREFIX) ? name.slice(NODE_PREFIX.length) : undefined
}
