import { DHCP_PORTS, DhcpServer } from './dhcp-server.ts'
import {
  answerArp,
  BROADCAST,
  BROADCAST_MAC,
  composeDatagram,
  parseDatagram,
  type Address,
  type Datagram,
  type Station,
} from './packets.ts'
import { TftpServer } from './tftp-server.ts'

export interface BootServerOptions {
  /** The folder with the files that guests load. */
  files: string
  bootFile: string
  /** Different on each node, so that no two give out the same address. */
  pool: string
  send: (frame: Buffer) => void
}

/**
 * Every node has a boot server of its own under the same address, and its frames do not leave the
 * node: a guest always talks to the one beside it.
 */
const STATION: Station = {
  mac: Buffer.from([0x02, 0x76, 0x64, 0x62, 0x6f, 0x6f]),
  address: '172.30.0.1',
}
const MASK: Address = '255.255.0.0'

/** Addresses that the boot server of a node gives out; `index` tells nodes apart. */
export const bootPoolOf = (index: number): string => `172.30.${1 + (index % 250)}`

/** A station on a network that guests boot from: DHCP, TFTP and the ARP to find it. */
export class BootServer {
  readonly #options: BootServerOptions
  readonly #dhcp: DhcpServer
  readonly #tftp: TftpServer

  constructor(options: BootServerOptions) {
    this.#options = options
    const { pool, bootFile, files } = options
    this.#dhcp = new DhcpServer({ address: STATION.address, mask: MASK, pool, bootFile })
    this.#tftp = new TftpServer(files)
  }

  receive(frame: Buffer): void {
    const answer = answerArp(frame, STATION)
    if (answer) this.#options.send(answer)
    const datagram = parseDatagram(frame)
    if (datagram?.toPort === DHCP_PORTS.server) this.#answerDhcp(datagram)
    else if (datagram?.to === STATION.address) this.#passToTftp(datagram)
  }

  async close(): Promise<void> {
    await this.#tftp.close()
  }

  #answerDhcp({ payload }: Datagram): void {
    const answer = this.#dhcp.answer(payload)
    if (answer === undefined) return
    // The client has no address yet: everybody hears it and one listens.
    const frame = composeDatagram({
      from: STATION,
      fromPort: DHCP_PORTS.server,
      to: { mac: BROADCAST_MAC, address: BROADCAST },
      toPort: DHCP_PORTS.client,
      payload: answer,
    })
    this.#options.send(frame)
  }

  #passToTftp({ fromMac, from, fromPort, toPort, payload }: Datagram): void {
    const to: Station = { mac: fromMac, address: from }
    const client = {
      key: `${from}:${fromPort}`,
      send: (port: number, answer: Buffer) => {
        const ports = { fromPort: port, toPort: fromPort }
        this.#options.send(composeDatagram({ from: STATION, to, ...ports, payload: answer }))
      },
    }
    void this.#tftp.receive(client, toPort, payload)
  }
}
