import type { Duplex } from 'node:stream'
import { statusErrors } from '@virtdeck/kubernetes'
import { createWebSocketStream, WebSocketServer, type WebSocket } from 'ws'
import { splice } from '../displays/splice.ts'
import { messageOf } from '../log.ts'
import { openGuestPort } from '../network/guest-ports.ts'
import type { RunningGuest } from '../running-guest.ts'
import { INSTANCES, type GuestLookup } from './guest-lookup.ts'
import { refuseUpgrade, type Upgrade } from './upgrades.ts'

const PATH =
  /^\/v1\/namespaces\/([^/]+)\/virtualmachineinstances\/([^/]+)\/(console|vnc|portforward)(?:\/(\d+))?(?:\/(\w+))?$/
/** Raw bytes in binary frames, without channels. */
const SUBPROTOCOL = 'plain.kubevirt.io'
/** No frame from a viewer is longer: keys, mouse and pasted text. */
const LARGEST_FRAME = 4 * 1024 * 1024

/** The streaming endpoints of virt-handler: each viewer's WebSocket joined with a guest's stream. */
export class Consoles {
  readonly #lookup: GuestLookup
  readonly #vncViewers = new Map<RunningGuest, WebSocket>()
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_FRAME,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })

  constructor(lookup: GuestLookup) {
    this.#lookup = lookup
  }

  async handle(upgrade: Upgrade): Promise<void> {
    const { request, socket, head } = upgrade
    let opened: { stream: Duplex; vncOf?: RunningGuest }
    try {
      opened = await this.#open(new URL(request.url ?? '/', 'https://agent'))
    } catch (error) {
      refuseUpgrade(socket, error)
      return
    }
    const { stream, vncOf } = opened
    // The viewer may have gone while the guest's stream was opened.
    if (socket.destroyed) {
      stream.destroy()
      return
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      if (vncOf) this.#takeOver(vncOf, webSocket)
      void splice(createWebSocketStream(webSocket), stream).finally(() => webSocket.terminate())
    })
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate()
    this.#server.close()
  }

  async #open({ pathname, searchParams }: URL) {
    const [, namespace = '', name = '', kind, port, protocol = 'tcp'] =
      PATH.exec(pathname) ?? []
    if (kind === undefined) throw statusErrors.noSuchResource()
    const { devices } = this.#lookup.instance(namespace, name).spec.domain
    if (kind === 'console' && devices.autoattachSerialConsole === false) {
      throw statusErrors.badRequest('No serial consoles are present.')
    }
    if (kind === 'vnc' && devices.autoattachGraphicsDevice === false) {
      throw statusErrors.badRequest('No graphics devices are present.')
    }
    const running = this.#lookup.running(namespace, name)
    if (kind === 'console') return { stream: running.serial.openViewer() }
    if (kind === 'vnc') {
      const preserve = searchParams.get('preserveSession') === 'true'
      if (preserve && this.#vncViewers.has(running)) {
        throw statusErrors.unavailable('Active VNC connection. Request denied.')
      }
      return { stream: await running.guest.openVnc(), vncOf: running }
    }
    if (protocol !== 'tcp' && protocol !== 'udp') {
      throw statusErrors.badRequest(`this node forwards no ${protocol} ports`)
    }
    if (running.guest.paused) throw statusErrors.conflict(INSTANCES, name, 'VMI is paused')
    try {
      return { stream: await openGuestPort(running, { port: Number(port), protocol }) }
    } catch (error) {
      throw statusErrors.internal(`dialing VM: ${messageOf(error)}`)
    }
  }

  /** As in KubeVirt, a new VNC session ends the one before it. */
  #takeOver(running: RunningGuest, webSocket: WebSocket): void {
    this.#vncViewers.get(running)?.terminate()
    this.#vncViewers.set(running, webSocket)
    webSocket.once('close', () => {
      if (this.#vncViewers.get(running) === webSocket) this.#vncViewers.delete(running)
    })
  }
}
