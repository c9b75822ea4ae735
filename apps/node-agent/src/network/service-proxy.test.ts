import { connect, createServer } from 'node:net'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { RESOURCES } from '@virtdeck/kubernetes'
import { FakeApiServer } from '@virtdeck/test-kit'
import { expect, onTestFinished, test } from 'vitest'
import { targetsOf } from './node-ports.ts'
import { ServiceProxy } from './service-proxy.ts'

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return address !== null && typeof address === 'object' ? address.port : 0
}

/** Two agents on one machine; each answers with its own name and the pod that it was led to. */
function startAgents() {
  const api = new FakeApiServer()
  const log: string[] = []
  let holder: string | undefined
  const startAgent = (name: string) => {
    const proxy = new ServiceProxy({
      client: api.client,
      acquire: () => {
        if (holder !== undefined) return Promise.resolve(undefined)
        holder = name
        const release = () => {
          holder = undefined
          return Promise.resolve()
        }
        return Promise.resolve({ release })
      },
      open: ({ address, port }) => {
        if (address === '10.130.0.9') return Promise.reject(new Error('the guest is off'))
        const stream = new PassThrough()
        stream.end(`${name} ${address}:${port}`)
        return Promise.resolve(stream)
      },
      log: { info: (line) => log.push(line), error: (line) => log.push(line) },
      retryMs: 10,
    })
    proxy.start()
    onTestFinished(() => proxy.stop())
    return proxy
  }
  return { api, log, startAgent }
}

async function ask(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('close', resolve))
  return text
}

const service = (nodePort: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: 'default', name: 'web' },
  spec: {
    type: 'NodePort',
    ports: [
      { name: 'http', port: 80, nodePort },
      { name: 'dns', port: 53, protocol: 'UDP', nodePort: nodePort + 1 },
    ],
  },
})

const endpoints = (...addresses: string[]) => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { namespace: 'default', name: 'web' },
  subsets: [
    {
      addresses: addresses.map((ip) => ({ ip })),
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'http', port: 8080, protocol: 'TCP' },
      ],
    },
  ],
})

test('a NodePort leads to all pods in turn, and to none that cannot be reached', async () => {
  const { api, startAgent } = startAgents()
  const nodePort = await freePort()
  startAgent('node01')
  await api.client.create(
    RESOURCES.endpoints,
    endpoints('10.129.0.5', '10.130.0.9', '10.130.0.6'),
  )
  await api.client.create(RESOURCES.services, service(nodePort))
  await expect.poll(() => ask(nodePort)).toMatch(/^node01 /)
  const answers = new Set(await Promise.all([1, 2, 3, 4].map(() => ask(nodePort))))
  expect(answers).toEqual(new Set(['node01 10.129.0.5:8080', 'node01 10.130.0.6:8080']))
  await api.client.delete(RESOURCES.services, { namespace: 'default', name: 'web' })
  await expect.poll(() => ask(nodePort)).toBe('')
})

test('one agent listens for all, and another one when that is gone', async () => {
  const { api, log, startAgent } = startAgents()
  const nodePort = await freePort()
  await api.client.create(RESOURCES.endpoints, endpoints('10.129.0.5'))
  await api.client.create(RESOURCES.services, service(nodePort))
  const first = startAgent('node01')
  startAgent('node02')
  await expect.poll(() => ask(nodePort)).toBe('node01 10.129.0.5:8080')
  expect(log).toEqual([`NodePort ${nodePort} leads to the service default/web`])
  await first.stop()
  await expect.poll(() => ask(nodePort)).toBe('node02 10.129.0.5:8080')
})

test('a port of another program is said and left alone', async () => {
  const { api, log, startAgent } = startAgents()
  const other = createServer((socket) => socket.end('another program'))
  onTestFinished(() => void other.close())
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const nodePort = address !== null && typeof address === 'object' ? address.port : 0
  startAgent('node01')
  await api.client.create(RESOURCES.services, service(nodePort))
  await expect
    .poll(() => log.join())
    .toContain(`NodePort ${nodePort} of default/web: listen EADDRINUSE`)
  expect(await ask(nodePort)).toBe('another program')
})

test('a service without pods, or with another port', () => {
  expect(targetsOf(undefined)).toEqual([])
  expect(targetsOf(endpoints('10.129.0.5'), 'https')).toEqual([])
})
