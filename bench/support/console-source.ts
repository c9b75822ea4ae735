/**
 * The far end of consoles for measurements: a process that lets everybody in like a generous
 * cluster and serves consoles named for what they do: `flood` sends so many bytes when it is
 * asked, `echo` sends back what it gets, everything else is silent.
 *
 *   node bench/support/console-source.ts FLOOD_BYTES
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { WebSocketServer, type WebSocket } from 'ws'

const FLOOD_BYTES = Number(process.argv[2] ?? 0)
const FRAME = Buffer.alloc(32 * 1024, 'x')
/** Not more than this waits in memory for a viewer that reads slowly. */
const HIGH_WATER_BYTES = 1024 * 1024

const server = createServer((request, response) => void review(request, response))

async function review(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') return answer(response, 404, {})
  const asked = (await json(request)) as object
  const userInfo = { username: 'bench', groups: ['system:authenticated'] }
  answer(response, 201, { ...asked, status: { allowed: true, userInfo } })
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const guests = new WebSocketServer({ noServer: true, perMessageDeflate: false })
server.on('upgrade', (request, socket, head) =>
  guests.handleUpgrade(request, socket, head, (guest) => {
    const name = /virtualmachineinstances\/([^/]+)\//.exec(request.url ?? '')?.[1]
    if (name === 'echo') guest.on('message', (data) => guest.send(data as Buffer))
    if (name === 'flood') guest.once('message', () => void flood(guest))
  }),
)

async function flood(guest: WebSocket): Promise<void> {
  for (let sent = 0; sent < FLOOD_BYTES; sent += FRAME.length) {
    guest.send(FRAME)
    while (guest.bufferedAmount > HIGH_WATER_BYTES) {
      // oxlint-disable-next-line no-await-in-loop -- it waits for the viewer
      await new Promise(setImmediate)
    }
  }
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
