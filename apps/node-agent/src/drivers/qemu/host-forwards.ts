import { createSocket } from 'node:dgram'
import { connect, createServer } from 'node:net'
import type { Duplex } from 'node:stream'
import { openDatagrams } from '../../network/datagrams.ts'
import type { GuestPort } from '../driver.ts'
import { netdevName } from './arguments.ts'

const ATTEMPTS = 3
/** `UDP[HOST_FORWARD]  12  127.0.0.1 38022  10.0.2.2  53  0  0` */
const FORWARD = /^\s*(TCP|UDP)\[HOST_FORWARD\]\s+\d+\s+\S+\s+(\d+)\s+\S+\s+(\d+)\s/
const NETDEV = /^Hub .*\((net\d+)\):/

/**
 * The ports on loopback that QEMU's user networking forwards into a guest, added when they are
 * first asked for.
 */
export class HostForwards {
  /** A command of QEMU's human monitor: forwards exist only there. */
  readonly #monitor: (line: string) => Promise<string>
  #known: Promise<Map<string, Promise<number>>> | undefined

  constructor(monitor: (line: string) => Promise<string>) {
    this.#monitor = monitor
  }

  async open(target: GuestPort): Promise<Duplex> {
    const known = await (this.#known ??= this.#recover())
    const key = keyOf(target)
    const forward = known.get(key) ?? this.#add(target)
    known.set(key, forward)
    forward.catch(() => known.delete(key))
    const port = await forward
    return target.protocol === 'udp' ? openDatagrams(port) : openStream(port)
  }

  /** Those that an earlier agent added are used again. */
  async #recover(): Promise<Map<string, Promise<number>>> {
    return parseForwards(await this.#monitor('info usernet'))
  }

  async #add({ nic, port: guestPort, protocol }: GuestPort): Promise<number> {
    let said = ''
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      // Somebody else may take it before QEMU does.
      const port = await freePort(protocol)
      // Without an address slirp forwards to the first one that it gives out: the guest's.
      const rule = `${protocol}:127.0.0.1:${port}-:${guestPort}`
      said = await this.#monitor(`hostfwd_add ${netdevName(nic)} ${rule}`)
      if (said === '') return port
    }
    throw new Error(`port ${guestPort} cannot be forwarded: ${said}`)
  }
}

const keyOf = ({ nic, port, protocol }: GuestPort): string =>
  `${netdevName(nic)}/${protocol}/${port}`

/** Reads the answer to `info usernet`. */
export function parseForwards(text: string): Map<string, Promise<number>> {
  const forwards = new Map<string, Promise<number>>()
  let netdev = netdevName(0)
  for (const line of text.split('\n')) {
    const hub = NETDEV.exec(line)
    if (hub) netdev = hub[1] ?? netdev
    const [, protocol, hostPort, guestPort] = FORWARD.exec(line) ?? []
    if (protocol === undefined) continue
    const key = `${netdev}/${protocol.toLowerCase()}/${guestPort}`
    forwards.set(key, Promise.resolve(Number(hostPort)))
  }
  return forwards
}

async function openStream(port: number): Promise<Duplex> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return socket
}

function freePort(protocol: GuestPort['protocol']): Promise<number> {
  return new Promise((resolve, reject) => {
    if (protocol === 'udp') {
      const socket = createSocket('udp4').once('error', reject)
      socket.bind(0, '127.0.0.1', () => {
        const { port } = socket.address()
        socket.close(() => resolve(port))
      })
      return
    }
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
