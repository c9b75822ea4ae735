import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { liveServerFrame, type LiveServerFrame } from '@virtdeck/bff-contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'

/* The BFF as a process in front of the local cluster's API server as a process. */

const API_SERVER = resolve(import.meta.dirname, '../../local-cluster/src/main.ts')
const BFF = resolve(import.meta.dirname, 'server.ts')
const COLLECTION = '/api/kubernetes/apis/kubevirt.io/v1/namespaces/default/virtualmachines'

let directory: string
let apiPort: number
let apiServer: ChildProcess
let bff: ChildProcess
let url: string
const children = new Set<ChildProcess>()

/** Starts a program and waits for the line that says it is ready. */
async function start(program: string, args: string[]) {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  let output = ''
  let errors = ''
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()))
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  await vi.waitUntil(() => output.includes('ready') || child.exitCode !== null, 30_000)
  return { child, output: () => output, errors: () => errors }
}

const startApiServer = async () =>
  (await start(API_SERVER, ['--data-dir', directory, '--port', String(apiPort)])).child

const bffArguments = (port: number) => [
  '--kubeconfig',
  join(directory, 'kubeconfig'),
  '--port',
  String(port),
  '--login-code-file',
  join(directory, 'login-code'),
  '--session-key-file',
  join(directory, 'session-key'),
]

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number> {
  const started = performance.now()
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return performance.now() - started
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'virtdeck-bff-'))
  apiPort = await freePort()
  apiServer = await startApiServer()
  await writeFile(join(directory, 'login-code'), 'the-code')
  const port = await freePort()
  bff = (await start(BFF, bffArguments(port))).child
  url = `http://127.0.0.1:${port}`
})

afterAll(async () => {
  for (const child of children) await end(child, 'SIGKILL')
  await rm(directory, { recursive: true, force: true })
})

async function signIn(body: object): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
}

async function tokenOf(user: string): Promise<string> {
  const tokens = JSON.parse(await readFile(join(directory, 'tokens.json'), 'utf8')) as Record<
    string,
    string
  >
  return tokens[user] ?? ''
}

const create = (cookie: string, name: string) =>
  fetch(url + COLLECTION, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name, namespace: 'default' },
      spec: {
        runStrategy: 'Halted',
        template: { spec: { domain: { devices: {}, memory: { guest: '128Mi' } } } },
      },
    }),
  })

async function openList(cookie: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`, {
    headers: { cookie, origin: url },
  })
  const frames: LiveServerFrame[] = []
  socket.on('message', (data) =>
    frames.push(liveServerFrame.parse(JSON.parse((data as Buffer).toString('utf8')))),
  )
  await once(socket, 'open')
  const sort = { column: 'name', direction: 'ascending' }
  const query = { kind: 'virtualMachines', sort, offset: 0, limit: 20 }
  socket.send(JSON.stringify({ type: 'subscribe', id: 1, query }))
  const waitFor = (text: string) =>
    vi.waitUntil(() => frames.some((frame) => JSON.stringify(frame).includes(text)), 20_000)
  await vi.waitUntil(() => frames.length > 0, 10_000)
  return { socket, frames, waitFor }
}

describe('in front of the local cluster', () => {
  it('does the round: sign in, create, see it come, refuse in the words of the cluster', async () => {
    const cookie = await signIn({ code: 'the-code' })
    const { frames, waitFor, socket } = await openList(cookie)
    expect(frames[0]).toMatchObject({ type: 'page' })
    expect((await create(cookie, 'first')).status).toBe(201)
    await waitFor('"name":"first"')

    const again = await create(cookie, 'first')
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({
      kind: 'Status',
      message: 'virtualmachines.kubevirt.io "first" already exists',
    })
    socket.terminate()
  })

  it('shows the developer the one namespace that is theirs', async () => {
    const cookie = await signIn({ token: await tokenOf('developer') })
    const { frames, socket } = await openList(cookie)
    expect(frames[0]).toMatchObject({ type: 'page', total: 0 })
    const refused = await create(cookie, 'not-mine')
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({
      reason: 'Forbidden',
      message: expect.stringContaining(
        'User "developer" cannot create resource "virtualmachines"',
      ),
    })
    socket.terminate()
  })

  it('goes on when the API server was killed and started again', async () => {
    const cookie = await signIn({ token: await tokenOf('admin') })
    const { frames, waitFor, socket } = await openList(cookie)
    await end(apiServer, 'SIGKILL')
    await waitFor('"retrying":true')
    const response = await fetch(url + COLLECTION, { headers: { cookie } })
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({ reason: 'ClusterUnreachable' })

    apiServer = await startApiServer()
    await vi.waitUntil(() => frames.at(-1)?.type === 'page', 20_000)
    expect((await create(cookie, 'second')).status).toBe(201)
    await waitFor('"name":"second"')
    socket.terminate()
  })
})

describe('the process', () => {
  it('names the port that is in use', async () => {
    const { port } = new URL(url)
    const { child, errors } = await start(BFF, bffArguments(Number(port)))
    expect(child.exitCode).toBe(1)
    expect(errors()).toBe(`Port ${port} of 127.0.0.1 is in use; choose another with --port.\n`)
  })

  it('names the kubeconfig that is not there', async () => {
    const { child, errors } = await start(BFF, ['--kubeconfig', '/nowhere/kubeconfig'])
    expect(child.exitCode).toBe(1)
    expect(errors()).toMatch(/^The kubeconfig \/nowhere\/kubeconfig cannot be read: .*\n$/)
  })

  it('keeps sessions over a restart, and ends within three seconds with sockets open', async () => {
    const cookie = await signIn({ token: await tokenOf('admin') })
    const { socket } = await openList(cookie)
    const closed = once(socket, 'close')
    expect(await end(bff, 'SIGTERM')).toBeLessThan(3_000)
    expect(bff.exitCode).toBe(0)
    await closed
    bff = (await start(BFF, bffArguments(Number(new URL(url).port)))).child
    const response = await fetch(`${url}/api/session`, { headers: { cookie } })
    expect(await response.json()).toMatchObject({ user: { name: 'admin' } })
  })
})
