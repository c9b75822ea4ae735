/**
 * Measures what the way to a real guest's screen costs: bytes per second of whole pictures, one
 * after the other, at the hypervisor's own socket, at the API server and through the BFF.
 *
 *   node bench/vnc-splice.ts [--rounds 5] [--seconds 3]
 */
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { parseArgs } from 'node:util'
import { virtualMachineSubresourcePath } from '@virtdeck/kubernetes'
import { loadKubeconfig } from '@virtdeck/kubernetes/node'
import { createWebSocketStream, WebSocket, type ClientOptions } from 'ws'
import {
  removeDataDirectory,
  startVirtdeck,
  tokenOf,
  type Virtdeck,
} from '../e2e/support/virtdeck.ts'
import { median } from './support/median.ts'
import { RfbClient } from './support/rfb-client.ts'
import { runGuest } from './support/run-guest.ts'
import { signIn } from './support/sign-in.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
  },
})
const TARGET = { namespace: 'default', name: 'bench-screen' }
const PROTOCOL = 'plain.kubevirt.io'

interface Way {
  name: string
  open: () => Promise<Duplex>
  speeds: number[]
}

const webSocket = (url: string, options: ClientOptions) => async (): Promise<Duplex> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), PROTOCOL, {
    perMessageDeflate: false,
    ...options,
  })
  // It listens before the socket opens: the hypervisor speaks first.
  const stream = createWebSocketStream(socket)
  await once(socket, 'open')
  return stream
}

async function waysTo({ url, dataDirectory }: Virtdeck): Promise<Way[]> {
  const connection = await loadKubeconfig(join(dataDirectory, 'kubeconfig'))
  const { vncSocket } = await runGuest(dataDirectory, TARGET)
  const path = virtualMachineSubresourcePath({
    ...TARGET,
    resource: 'virtualmachineinstances',
    subresource: 'vnc',
  })
  const token = await tokenOf('admin', dataDirectory)
  const { server, certificateAuthority: ca = '' } = connection
  const cookie = await signIn(url, { token })
  return [
    {
      name: 'hypervisor',
      open: async () => {
        const socket = connect(vncSocket)
        await once(socket, 'connect')
        return socket
      },
      speeds: [],
    },
    {
      name: 'API server',
      open: webSocket(server + path, { ca, headers: { authorization: `Bearer ${token}` } }),
      speeds: [],
    },
    {
      name: 'BFF',
      open: webSocket(`${url}/api/consoles/${TARGET.namespace}/${TARGET.name}/vnc`, {
        headers: { cookie, origin: url },
      }),
      speeds: [],
    },
  ]
}

/** Megabytes per second of pictures that are asked for as fast as they come. */
async function speedOf({ open }: Way): Promise<number> {
  const client = await RfbClient.over(await open())
  const begun = performance.now()
  let bytes = 0
  let seconds = 0
  while (seconds < Number(values.seconds)) {
    // oxlint-disable-next-line no-await-in-loop -- as viewers do
    bytes += await client.wholePicture()
    seconds = (performance.now() - begun) / 1_000
  }
  client.close()
  return bytes / 1_000_000 / seconds
}

const virtdeck = await startVirtdeck()
try {
  const ways = await waysTo(virtdeck)
  // Turn and turn about, so that a busy machine slows all of them.
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one at a time, or they measure each other
    for (const way of ways) way.speeds.push(await speedOf(way))
  }
  const [hypervisor = 0, apiServer = 0] = ways.map(({ speeds }) => median(speeds))
  console.table(
    Object.fromEntries(
      ways.map(({ name, speeds }) => {
        const speed = median(speeds)
        const row = {
          'MB/s': Math.round(speed),
          'of the hypervisor': Number((speed / hypervisor).toFixed(2)),
          'of the API server': Number((speed / apiServer).toFixed(2)),
        }
        return [name, row]
      }),
    ),
  )
} finally {
  await virtdeck.stop()
  await removeDataDirectory(virtdeck.dataDirectory)
}
