import { Socket } from 'node:net'
import { pipeline, type Duplex } from 'node:stream'
import type { UpgradeContext } from '../../../plugins/upgrades.ts'
import type { UpgradeResult } from '../../../upstream/dial-upgrade.ts'

interface SpliceOptions {
  context: UpgradeContext
  upstream: Extract<UpgradeResult, { upgraded: true }>
  stillAllowed: () => Promise<boolean>
  recheckMs: number
  /** Called when the browser's side is closed; maybe more than once. */
  onEnd: () => void
}

const KEEP_ALIVE_MS = 30_000
/** Two pipelines and HTTP listen to each; Node warns of a leak above ten. */
const MAX_LISTENERS = 20

/**
 * Joins the two raw sockets: bytes go through as they are, frames are not looked at, and a
 * side that reads slowly slows down the other one by TCP.
 */
export function spliceConsole(options: SpliceOptions): void {
  const { context, upstream, stillAllowed, recheckMs, onEnd } = options
  const { socket, head } = context
  for (const side of [socket, upstream.socket]) tune(side)

  socket.write(handshakeAnswer(upstream.headers))
  if (upstream.head.length > 0) socket.write(upstream.head)
  if (head.length > 0) upstream.socket.write(head)

  const recheck = setInterval(() => {
    void endUnlessAllowed()
  }, recheckMs)
  const end = () => {
    onEnd()
    clearInterval(recheck)
    socket.destroy()
    upstream.socket.destroy()
  }
  const endUnlessAllowed = async () => {
    // No close frame: in the middle of a stream of frames there is no place for one.
    if (!(await stillAllowed())) end()
  }
  pipeline(socket, upstream.socket, (error) => error && end())
  pipeline(upstream.socket, socket, (error) => error && end())
  socket.once('close', end)
  upstream.socket.once('close', () => {
    clearInterval(recheck)
    // What the guest said last may still be on its way to the browser.
    socket.end()
  })
}

function tune(socket: Duplex): void {
  socket.setMaxListeners(MAX_LISTENERS)
  if (!(socket instanceof Socket)) return
  socket.setTimeout(0)
  socket.setNoDelay(true)
  // Idle consoles survive proxies that forget silent connections.
  socket.setKeepAlive(true, KEEP_ALIVE_MS)
}

function handshakeAnswer(headers: Record<string, string | string[] | undefined>): string {
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
  ]
  for (const name of ['sec-websocket-accept', 'sec-websocket-protocol']) {
    const value = headers[name]
    if (typeof value === 'string') lines.push(`${name}: ${value}`)
  }
  return `${lines.join('\r\n')}\r\n\r\n`
}
