import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { KeyPair } from '../access/pki.ts'
import type { Cluster } from './cluster.ts'
import { requestHandler } from './request-handler.ts'
import { upgradeHandler } from './upgrade-handler.ts'

export interface ApiServer {
  port: number
  close: () => Promise<void>
}

/** Serves the Kubernetes API on loopback; resolves when it listens. */
export async function listen(options: {
  cluster: Cluster
  certificate: KeyPair
  port: number
}): Promise<ApiServer> {
  const { cluster, certificate, port } = options
  const server = createServer({ ...certificate, keepAliveTimeout: 120_000 })
  const handle = requestHandler(cluster)
  const upgrade = upgradeHandler(cluster, handle)
  server.on('request', (request, response) => void handle(request, response))
  server.on(
    'upgrade',
    (request: Parameters<typeof handle>[0], socket: Duplex, head: Buffer) => {
      void upgrade(request, socket, head)
    },
  )
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (_, socket: Duplex) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
        for (const socket of upgraded) socket.destroy()
        // Watches end by the cluster's signal; whatever is left after a moment is cut off.
        setTimeout(() => server.closeAllConnections(), 500).unref()
      }),
  }
}
