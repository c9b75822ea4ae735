import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Agent, fetch } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { type LocalCluster, startLocalCluster } from '../local-cluster.ts'
import { RESOURCES } from '../resources/index.ts'
import { seedCluster } from '../seed/index.ts'
import { SUBRESOURCES } from './index.ts'
import type { ObjectAccess } from './subresource.ts'

const NAMESPACE = 'development'
const INSTANCES = `/apis/subresources.kubevirt.io/v1/namespaces/${NAMESPACE}/virtualmachineinstances`

let directory: string
let cluster: LocalCluster
let nodeAgent: Server
let consoles: WebSocketServer
const seen: string[] = []

/** A stand-in for the agent of node01: echoes consoles, tells its path first. */
async function startNodeAgent(pki: string): Promise<Server> {
  const read = (file: string) => readFile(path.join(pki, file), 'utf8')
  const server = createServer(
    {
      key: await read('nodes/node01.key'),
      cert: await read('nodes/node01.crt'),
      ca: await read('ca.crt'),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (request, response) => {
      seen.push(`${request.method} ${request.url}`)
      if (request.url?.startsWith('/containerLogs/')) response.end('line 1\nline 2\n')
      else if (request.url?.endsWith('/vnc/screenshot')) response.end('PNG')
      else response.end()
    },
  )
  consoles = new WebSocketServer({
    server,
    handleProtocols: (protocols) =>
      protocols.has('plain.kubevirt.io') ? 'plain.kubevirt.io' : false,
  })
  consoles.on('connection', (socket, request) => {
    socket.send(`${request.url} ${request.headers.authorization ?? 'no token'}`)
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function plantRunningInstance(objects: ObjectAccess, port: number): Promise<void> {
  const node = { group: '', resource: 'nodes', name: 'node01' }
  await objects.create(node, { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node01' } })
  await objects.mutate(node, (object) => {
    object.status = {
      addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
    }
  })
  const instance = {
    group: 'kubevirt.io',
    resource: 'virtualmachineinstances',
    namespace: NAMESPACE,
    name: 'vm-a',
  }
  await objects.create(instance, {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: { name: 'vm-a', namespace: NAMESPACE },
    spec: { domain: { devices: {}, resources: { requests: { memory: '64Mi' } } } },
  })
  await objects.mutate(instance, (object) => {
    object.status = { phase: 'Running', nodeName: 'node01' }
  })
  const pod = { group: '', resource: 'pods', namespace: NAMESPACE, name: 'p' }
  await objects.create(pod, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: NAMESPACE },
    spec: { nodeName: 'node01', containers: [{ name: 'compute', image: 'x' }] },
  })
}

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'subresources-'))
  cluster = await startLocalCluster({
    dataDirectory: directory,
    port: 0,
    nodeNames: ['node01'],
    resources: RESOURCES,
    subresources: SUBRESOURCES,
    seed: async (objects) => {
      await seedCluster(objects)
      nodeAgent = await startNodeAgent(path.join(directory, 'pki'))
      const { port } = nodeAgent.address() as AddressInfo
      await plantRunningInstance(objects, port)
    },
  })
})

afterAll(async () => {
  await cluster?.close()
  nodeAgent?.closeAllConnections()
  nodeAgent?.close()
  await rm(directory, { recursive: true })
})

function headers() {
  return { authorization: `Bearer ${cluster.tokenOf('admin')}` }
}

async function call(method: string, target: string) {
  const dispatcher = new Agent({ connect: { ca: cluster.caCertificate } })
  try {
    const response = await fetch(`${cluster.url}${target}`, {
      method,
      headers: headers(),
      dispatcher,
    })
    const body = await response.text()
    return { status: response.status, type: response.headers.get('content-type'), body }
  } finally {
    await dispatcher.close()
  }
}

function open(target: string): WebSocket {
  return new WebSocket(`${cluster.url.replace('https', 'wss')}${target}`, 'plain.kubevirt.io', {
    ca: cluster.caCertificate,
    headers: headers(),
  })
}

async function nextMessage(socket: WebSocket): Promise<Buffer> {
  const [data] = (await once(socket, 'message')) as [Buffer]
  return data
}

describe('the node agent', () => {
  it('gets consoles spliced through, without the user’s token', async () => {
    const socket = open(`${INSTANCES}/vm-a/console`)
    const greeting = await nextMessage(socket)
    expect(greeting.toString()).toBe(
      `/v1/namespaces/${NAMESPACE}/virtualmachineinstances/vm-a/console no token`,
    )
    expect(socket.protocol).toBe('plain.kubevirt.io')
    const bytes = Buffer.alloc(300_000, 7)
    socket.send(bytes)
    expect((await nextMessage(socket)).equals(bytes)).toBe(true)
    socket.close()
    await once(socket, 'close')
  })

  it.each([
    ['vnc?preserveSession=true', 'vnc?preserveSession=true'],
    ['portforward/22/tcp', 'portforward/22/tcp'],
  ])('gets %s', async (asked, received) => {
    const socket = open(`${INSTANCES}/vm-a/${asked}`)
    const greeting = await nextMessage(socket)
    expect(greeting.toString()).toContain(`/virtualmachineinstances/vm-a/${received} `)
    socket.close()
    await once(socket, 'close')
  })

  it('closes a console whose agent goes away', async () => {
    const socket = open(`${INSTANCES}/vm-a/console`)
    await nextMessage(socket)
    const closed = once(socket, 'close')
    for (const console of consoles.clients) console.terminate()
    expect(await closed).toEqual([1006, expect.anything()])
  })

  it('answers a Status before the upgrade when there is no such VMI', async () => {
    const socket = open(`${INSTANCES}/nobody/console`)
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      NodeJS.ReadableStream & { statusCode: number },
    ]
    expect(response.statusCode).toBe(404)
    const chunks: Buffer[] = []
    for await (const chunk of response) chunks.push(chunk as Buffer)
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({
      message: 'virtualmachineinstance.kubevirt.io "nobody" not found',
    })
  })

  it('is told to pause, and asked for pictures and logs', async () => {
    expect(await call('PUT', `${INSTANCES}/vm-a/pause`)).toMatchObject({
      status: 200,
      body: '',
    })
    expect(seen).toContain(`PUT /v1/namespaces/${NAMESPACE}/virtualmachineinstances/vm-a/pause`)
    expect(await call('GET', `${INSTANCES}/vm-a/vnc/screenshot`)).toEqual({
      status: 200,
      type: 'image/png',
      body: 'PNG',
    })
    const logs = await call('GET', `/api/v1/namespaces/${NAMESPACE}/pods/p/log?tailLines=2`)
    expect(logs).toEqual({ status: 200, type: 'text/plain', body: 'line 1\nline 2\n' })
    expect(seen).toContain(`GET /containerLogs/${NAMESPACE}/p/compute?tailLines=2`)
  })
})
