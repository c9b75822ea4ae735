import { addressBytes, ANY, readAddress, type Address } from './packets.ts'

export interface DhcpServerOptions {
  address: Address
  mask: Address
  /** First three numbers of the addresses that are given out. */
  pool: string
  /** What clients load from this server. */
  bootFile: string
}

/** Source: RFC 2131 and RFC 2132. */
const CLIENT_PORT = 68
export const DHCP_PORTS = { server: 67, client: CLIENT_PORT }
const HEADER = 240
const MAGIC = 0x63_82_53_63
const REPLY = 2
const OPTION = {
  mask: 1,
  requestedAddress: 50,
  leaseTime: 51,
  messageType: 53,
  serverIdentifier: 54,
  bootFile: 67,
  ipxe: 175,
} as const
const END = 255
const TYPE = { discover: 1, offer: 2, request: 3, ack: 5, nak: 6 } as const
const LEASE_SECONDS = 86_400
/** iPXE's own option 176: no boot menu server will answer, so it need not be waited for. */
const NO_PXE_DHCP = Buffer.from([0xb0, 1, 1])
const FIRST = 10
const LAST = 250

/** Gives each client on a network an address and says what it is to boot. */
export class DhcpServer {
  readonly #options: DhcpServerOptions
  /** Addresses by the client's hardware address. */
  readonly #leases = new Map<string, Address>()

  constructor(options: DhcpServerOptions) {
    this.#options = options
  }

  /** The answer to a client's message, if there is one to give. */
  answer(message: Buffer): Buffer | undefined {
    if (message.length < HEADER || message.readUInt32BE(236) !== MAGIC) return undefined
    const options = parseOptions(message.subarray(HEADER))
    const client = message.toString('hex', 28, 34)
    switch (options.get(OPTION.messageType)?.[0]) {
      case TYPE.discover: {
        const address = this.#leases.get(client) ?? this.#choose(client)
        return address && this.#reply(message, { type: TYPE.offer, address })
      }
      case TYPE.request: {
        const server = options.get(OPTION.serverIdentifier)
        // It has taken another server's offer.
        if (server && readAddress(server, 0) !== this.#options.address) return undefined
        const requested = options.get(OPTION.requestedAddress) ?? message.subarray(12, 16)
        const address = readAddress(requested, 0)
        const mine = this.#mayHave(client, address)
        if (mine) this.#leases.set(client, address)
        return this.#reply(message, { type: mine ? TYPE.ack : TYPE.nak, address })
      }
      default:
        return undefined
    }
  }

  #choose(client: string): Address | undefined {
    const taken = new Set(this.#leases.values())
    for (let last = FIRST; last <= LAST; last += 1) {
      const address = `${this.#options.pool}.${last}` as Address
      if (taken.has(address)) continue
      this.#leases.set(client, address)
      return address
    }
    return undefined
  }

  /** A client may keep what an earlier agent gave it. */
  #mayHave(client: string, address: Address): boolean {
    if (this.#leases.get(client) === address) return true
    if (!address.startsWith(`${this.#options.pool}.`)) return false
    for (const taken of this.#leases.values()) if (taken === address) return false
    return true
  }

  #reply(request: Buffer, { type, address }: { type: number; address: Address }): Buffer {
    const { address: server, mask, bootFile } = this.#options
    const header = Buffer.from(request.subarray(0, HEADER))
    header[0] = REPLY
    header.fill(0, 16, 28)
    header.fill(0, 44, 236)
    const options = [
      option(OPTION.messageType, Buffer.from([type])),
      option(OPTION.serverIdentifier, addressBytes(server)),
    ]
    if (type !== TYPE.nak) {
      addressBytes(address).copy(header, 16)
      addressBytes(server).copy(header, 20)
      header.write(bootFile, 108, 127, 'latin1')
      const lease = Buffer.alloc(4)
      lease.writeUInt32BE(LEASE_SECONDS)
      options.push(
        option(OPTION.leaseTime, lease),
        option(OPTION.mask, addressBytes(mask)),
        option(OPTION.bootFile, Buffer.from(bootFile, 'latin1')),
        option(OPTION.ipxe, NO_PXE_DHCP),
      )
    } else addressBytes(ANY).copy(header, 12)
    return Buffer.concat([header, ...options, Buffer.from([END])])
  }
}

function option(code: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([code, value.length]), value])
}

function parseOptions(bytes: Buffer): Map<number, Buffer> {
  const options = new Map<number, Buffer>()
  let offset = 0
  while (offset < bytes.length) {
    const code = bytes[offset] ?? END
    if (code === END) break
    if (code === 0) {
      offset += 1
      continue
    }
    const length = bytes[offset + 1] ?? 0
    const value = bytes.subarray(offset + 2, offset + 2 + length)
    // A cut-off option says nothing.
    if (value.length === length) options.set(code, value)
    offset += 2 + length
  }
  return options
}
