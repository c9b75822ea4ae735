/**
 * The far end of consoles for measurements: a process that answers a BFF's questions like a
 * cluster and serves consoles named for what they do: `flood` sends so many bytes when it is asked, `echo`
 * sends back what it gets, everything else is silent.
 *
 *   node bench/support/console-source.ts TOKEN FLOOD_BYTES
 */
import { WebSocketServer, type WebSocket } from 'ws'
import { ScriptedKubernetes } from '../../apps/bff/src/testing/scripted-kubernetes.ts'

const [token = '', floodBytes = '0'] = process.argv.slice(2)
const FRAME = Buffer.alloc(32 * 1024, 'x')
/** Not more than this waits in memory for a viewer that reads slowly. */
const HIGH_WATER_BYTES = 1024 * 1024

const cluster = new ScriptedKubernetes()
cluster.tokens.set(token, 'bench')
const guests = new WebSocketServer({ noServer: true, perMessageDeflate: false })
cluster.onUpgrade = (request, socket, head) =>
  guests.handleUpgrade(request, socket, head, (guest) => {
    const name = /virtualmachineinstances\/([^/]+)\//.exec(request.url ?? '')?.[1]
    if (name === 'echo') guest.on('message', (data) => guest.send(data as Buffer))
    if (name === 'flood') guest.once('message', () => void flood(guest))
  })

async function flood(guest: WebSocket): Promise<void> {
  for (let sent = 0; sent < Number(floodBytes); sent += FRAME.length) {
    guest.send(FRAME)
    while (guest.bufferedAmount > HIGH_WATER_BYTES) {
      // oxlint-disable-next-line no-await-in-loop -- it waits for the viewer
      await new Promise(setImmediate)
    }
  }
}

await cluster.start()
process.stdout.write(`ready on ${cluster.url}\n`)
