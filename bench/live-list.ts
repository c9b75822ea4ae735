/**
 * Measures the list of virtual machines as a browser gets it: time to the first page, bytes of
 * it, and what arrives while things change elsewhere. Starts an API server and a BFF of its own.
 *
 *   node bench/live-list.ts [--machines 1000,10000] [--page 20]
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { signIn } from './support/sign-in.ts'

const { values } = parseArgs({
  options: {
    machines: { type: 'string', default: '1000,10000' },
    page: { type: 'string', default: '20' },
    concurrency: { type: 'string', default: '32' },
  },
})
const STEPS = values.machines.split(',').map(Number)
const PAGE = Number(values.page)
const ROOT = resolve(import.meta.dirname, '..')
const COLLECTION = '/api/kubernetes/apis/kubevirt.io/v1/namespaces/default/virtualmachines'
const CHANGES_PER_SECOND = 100
const CHANGE_SECONDS = 5

const directory = mkdtempSync(join(tmpdir(), 'virtdeck-bench-'))
const children: ChildProcess[] = []

/** Starts a program and resolves with the URL in the line that says it is ready. */
async function start(program: string, args: string[]): Promise<ChildProcess & { url: string }> {
  const child = spawn(process.execPath, [join(ROOT, program), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const url = await new Promise<string>((found, failed) => {
    child.once('exit', (code) => failed(new Error(`${program} ended with ${code}`)))
    child.stdout.on('data', (text: Buffer) => {
      const match = /ready \w+ ([^\s"]+)/.exec(text.toString())
      if (match?.[1] !== undefined) found(match[1])
    })
  })
  return Object.assign(child, { url })
}

const code = 'code-of-the-benchmark'
writeFileSync(join(directory, 'login-code'), code)

interface Bff {
  url: string
  cookie: string
  pid: number
}

async function startBff(): Promise<Bff> {
  const args = ['--kubeconfig', join(directory, 'kubeconfig'), '--port', '0']
  const files = ['--login-code-file', join(directory, 'login-code')]
  const { url, pid = 0 } = await start('apps/bff/src/server.ts', [...args, ...files])
  return { url, cookie: await signIn(url, { code }), pid }
}

async function write(
  bff: Bff,
  request: { method: string; path: string; type?: string; body: object },
): Promise<void> {
  const { method, path, type = 'application/json', body } = request
  const response = await fetch(bff.url + path, {
    method,
    headers: { cookie: bff.cookie, origin: bff.url, 'content-type': type },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
  await response.arrayBuffer()
}

const nameAt = (index: number) => `bench-${String(index).padStart(6, '0')}`

const virtualMachine = (name: string) => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name, labels: { app: name, tier: 'bench' } },
  spec: {
    runStrategy: 'Halted',
    template: {
      metadata: { labels: { 'kubevirt.io/vm': name } },
      spec: {
        domain: {
          cpu: { cores: 1 },
          memory: { guest: '128Mi' },
          devices: {
            disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
            interfaces: [{ name: 'default', masquerade: {} }],
          },
        },
        networks: [{ name: 'default', pod: {} }],
        volumes: [
          {
            name: 'rootdisk',
            containerDisk: { image: 'localhost/virtdeck/tiny-linux:latest' },
          },
        ],
      },
    },
  },
})

const setStatus = (bff: Bff, index: number, printableStatus: string) =>
  write(bff, {
    method: 'PATCH',
    path: `${COLLECTION}/${nameAt(index)}/status`,
    type: 'application/merge-patch+json',
    body: { status: { printableStatus } },
  })

/** Creates the VMs from one number to another, some at a time. */
async function create(bff: Bff, from: number, to: number): Promise<void> {
  let next = from
  const worker = async () => {
    while (next < to) {
      const name = nameAt(next)
      next += 1
      await write(bff, { method: 'POST', path: COLLECTION, body: virtualMachine(name) })
    }
  }
  await Promise.all(Array.from({ length: Number(values.concurrency) }, worker))
}

/** A browser tab's socket that counts what it receives. */
class Tab {
  frames = 0
  bytes = 0
  readonly #socket: WebSocket
  #onFrame: (text: string) => void = () => {}

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const text = String(data)
      this.frames += 1
      this.bytes += Buffer.byteLength(text)
      this.#onFrame(text)
    })
  }

  static async open(bff: Bff): Promise<Tab> {
    const options = { headers: { cookie: bff.cookie, origin: bff.url } }
    const url = `${bff.url.replace('http', 'ws')}/api/live`
    // Browsers send both headers by themselves; Node's WebSocket takes them as an extra.
    const socket = new WebSocket(url, options as unknown as string[])
    await new Promise((done, failed) => {
      socket.addEventListener('open', done)
      socket.addEventListener('error', failed)
    })
    return new Tab(socket)
  }

  /** Milliseconds from asking to the page, and its bytes. */
  subscribe(
    query: object = {},
  ): Promise<{ milliseconds: number; bytes: number; total: number }> {
    const asked = performance.now()
    return new Promise((done, failed) => {
      this.#onFrame = (text) => {
        const frame = JSON.parse(text) as { type: string; total: number }
        if (frame.type === 'error') return failed(new Error(text))
        if (frame.type !== 'page') return
        const milliseconds = performance.now() - asked
        done({ milliseconds, bytes: Buffer.byteLength(text), total: frame.total })
      }
      const sort = { column: 'name', direction: 'ascending' }
      const all = { kind: 'virtualMachines', sort, offset: 0, limit: PAGE, ...query }
      this.#socket.send(JSON.stringify({ type: 'subscribe', id: 1, query: all }))
    })
  }

  nextFrame(): Promise<void> {
    return new Promise((done) => (this.#onFrame = () => done()))
  }

  close(): void {
    this.#socket.close()
  }
}

const sleep = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

async function repeat(count: number, task: () => Promise<number>): Promise<number> {
  const results: number[] = []
  for (let index = 0; index < count; index += 1) results.push(await task())
  return results.toSorted((a, b) => a - b)[Math.floor(count / 2)] ?? 0
}

async function measure(bff: Bff, machines: number): Promise<Record<string, string>> {
  const tab = await Tab.open(bff)
  const first = await tab.subscribe()
  if (first.total !== machines) throw new Error(`${first.total} of ${machines} VMs are listed`)
  const newTab = await repeat(9, async () => {
    const other = await Tab.open(bff)
    const { milliseconds } = await other.subscribe()
    other.close()
    return milliseconds
  })
  const newOrder = await tab.subscribe({ sort: { column: 'created', direction: 'descending' } })
  const lastPage = await tab.subscribe({ offset: machines - PAGE })
  const { bytes } = await tab.subscribe()

  const status = { next: 0 }
  const latency = await repeat(9, async () => {
    await sleep(150)
    status.next += 1
    const started = performance.now()
    const frame = tab.nextFrame()
    await setStatus(bff, 3, `Status${status.next}`)
    await frame
    return performance.now() - started
  })

  const before = { frames: tab.frames, bytes: tab.bytes }
  const startedAt = performance.now()
  const changes = CHANGES_PER_SECOND * CHANGE_SECONDS
  for (let change = 0; change < changes; change += 1) {
    const due = startedAt + (change * 1000) / CHANGES_PER_SECOND
    await sleep(Math.max(0, due - performance.now()))
    const index = PAGE + (change % (machines - PAGE))
    await setStatus(bff, index, change % 2 === 0 ? 'Starting' : 'Stopped')
  }
  const seconds = (performance.now() - startedAt) / 1000
  await sleep(300)
  tab.close()
  return {
    'first page, cold BFF': `${first.milliseconds.toFixed(0)} ms`,
    'first page, warm BFF': `${newTab.toFixed(1)} ms`,
    'other order, warm BFF': `${newOrder.milliseconds.toFixed(1)} ms`,
    'last page, warm BFF': `${lastPage.milliseconds.toFixed(1)} ms`,
    [`bytes of a page of ${PAGE}`]: String(bytes),
    'change on the page, until its frame': `${latency.toFixed(1)} ms`,
    'changes elsewhere': `${changes} in ${seconds.toFixed(1)} s`,
    'frames for them': String(tab.frames - before.frames),
    'bytes for them': String(tab.bytes - before.bytes),
    'memory of the BFF': memoryOf(bff.pid),
  }
}

function memoryOf(pid: number): string {
  const kilobytes = Number(
    /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1],
  )
  return `${Math.round(kilobytes / 1024)} MB`
}

const print = (label: string, cells: string[]) =>
  console.log(label.padEnd(38) + cells.map((cell) => cell.padStart(14)).join(''))

function printTable(columns: Map<number, Record<string, string>>): void {
  const results = [...columns.values()]
  print(
    '',
    [...columns.keys()].map((machines) => `${machines} VMs`),
  )
  for (const label of Object.keys(results[0] ?? {})) {
    print(
      label,
      results.map((result) => result[label] ?? ''),
    )
  }
}

async function stopAll(): Promise<void> {
  for (const child of children) {
    child.removeAllListeners('exit')
    if (child.exitCode !== null) continue
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await ended
  }
}

try {
  await start('apps/local-cluster/src/main.ts', ['--data-dir', directory, '--port', '0'])
  const columns = new Map<number, Record<string, string>>()
  let existing = 0
  for (const machines of STEPS) {
    // A new BFF each time, so that the first page is a cold one.
    writeFileSync(join(directory, 'login-code'), code)
    const bff = await startBff()
    await create(bff, existing, machines)
    existing = machines
    columns.set(machines, await measure(bff, machines))
  }
  printTable(columns)
} finally {
  await stopAll()
  rmSync(directory, { recursive: true, force: true })
}
