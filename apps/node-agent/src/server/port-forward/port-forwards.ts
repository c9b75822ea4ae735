import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { messageOf } from '../../log.ts'
import { findPodOf, type FindPod } from '../containers.ts'
import { refuseUpgrade, type Upgrade } from '../upgrades.ts'
import { SpdyConnection, type SpdyStream } from './spdy-connection.ts'

const PATH = /^\/portForward\/([^/]+)\/([^/]+)$/
const PROTOCOL = 'portforward.k8s.io'
/** SPDY frames inside of WebSocket messages: kubectl since 1.31. */
const TUNNEL = `SPDY/3.1+${PROTOCOL}`

interface PortForwardsOptions {
  findPod: FindPod
  /** Connects to a port of the guest behind a launcher pod. */
  openPort: (pod: Pod, port: number) => Promise<Duplex>
}

/**
 * `kubectl port-forward`: each connection is a pair of SPDY streams, one for the data and one for
 * what went wrong. They come in a WebSocket, or from older clients as they are.
 */
export class PortForwards {
  readonly #options: PortForwardsOptions
  readonly #connections = new Set<Duplex>()
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
  })

  constructor(options: PortForwardsOptions) {
    this.#options = options
    this.#server.on('headers', (headers) => headers.push(`Sec-WebSocket-Protocol: ${TUNNEL}`))
  }

  /** Whether the request was one of these. */
  accept({ request, socket, head }: Upgrade): boolean {
    const { pathname } = new URL(request.url ?? '/', 'https://agent')
    const [, namespace = '', name = ''] = PATH.exec(pathname)?.map(decodeURIComponent) ?? []
    if (name === '') return false
    try {
      const pod = findPodOf(this.#options.findPod, { namespace, pod: name, container: '' })
      const { upgrade = '' } = request.headers
      const offered = String(request.headers['sec-websocket-protocol'] ?? '')
      const plain = String(request.headers['x-stream-protocol-version'] ?? '')
      if (upgrade.toLowerCase() === 'websocket' && offered.includes(TUNNEL)) {
        // The name has a slash, which is none of a protocol name's letters: it is agreed on here.
        delete request.headers['sec-websocket-protocol']
        this.#server.handleUpgrade(request, socket, head, (webSocket) => {
          this.#serve(createWebSocketStream(webSocket), pod)
        })
      } else if (upgrade === 'SPDY/3.1' && plain.includes(PROTOCOL)) {
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${PROTOCOL}\r\n\r\n`,
        )
        if (head.length > 0) socket.unshift(head)
        this.#serve(socket, pod)
      } else {
        throw statusErrors.badRequest(
          `unable to upgrade: ports are forwarded with the protocol ${TUNNEL}; the client wants ${upgrade} [${offered}${plain}]`,
        )
      }
    } catch (error) {
      refuseUpgrade(socket, error)
    }
    return true
  }

  close(): void {
    for (const connection of this.#connections) connection.destroy()
    this.#server.close()
  }

  #serve(transport: Duplex, pod: Pod): void {
    this.#connections.add(transport)
    const errors = new Map<string, SpdyStream>()
    const connection = new SpdyConnection(transport, (stream) => {
      const request = stream.headers.get('requestid') ?? ''
      if (stream.headers.get('streamtype') === 'error') errors.set(request, stream)
      else {
        const error = errors.get(request)
        errors.delete(request)
        void this.#forward(pod, { data: stream, error })
      }
    })
    void connection.run().finally(() => this.#connections.delete(transport))
  }

  async #forward(
    pod: Pod,
    { data, error }: { data: SpdyStream; error: SpdyStream | undefined },
  ): Promise<void> {
    const port = Number(data.headers.get('port'))
    // The client has nothing to say on it; unread, it would never be over.
    error?.resume()
    try {
      await join(data, await this.#options.openPort(pod, port))
      error?.end()
    } catch (reason) {
      const { name, uid } = pod.metadata ?? {}
      error?.end(
        `error forwarding port ${port} to pod ${name}, uid ${uid}: ${messageOf(reason)}`,
      )
      data.resume().end()
    }
  }
}

/** Resolves when the guest has said all: then the client takes the connection for over. */
async function join(data: SpdyStream, target: Duplex): Promise<void> {
  // The client's end is the guest's to hear; it may still answer.
  void pipeline(data, target).catch(() => undefined)
  try {
    await pipeline(target, data)
  } catch {
    // How connections often end: no error of forwarding.
  } finally {
    target.destroy()
  }
}
