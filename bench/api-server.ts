/**
 * Measures the local cluster's API server: creates 10,000 stopped VMs through HTTP, lists them in
 * pages, fans out changes to many watchers, and reports its memory.
 *
 *   npm run bench api-server -- [--machines 10000] [--watchers 100]
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    machines: { type: 'string', default: '10000' },
    watchers: { type: 'string', default: '100' },
    concurrency: { type: 'string', default: '16' },
  },
})
const MACHINES = Number(values.machines)
const WATCHERS = Number(values.watchers)
const CONCURRENCY = Number(values.concurrency)
const MEMORY_STEP = Math.max(1, Math.round(MACHINES / 4))
const COLLECTION = '/apis/kubevirt.io/v1/namespaces/default/virtualmachines'

const directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-bench-'))

async function startServer(): Promise<{ child: ChildProcess; url: string; seconds: number }> {
  const started = performance.now()
  const main = path.join(import.meta.dirname, '../apps/local-cluster/src/main.ts')
  const child = spawn(process.execPath, [main, '--data-dir', directory, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the API server ended with ${code}`)))
    child.stdout?.on('data', (text: Buffer) => {
      const match = /ready on (\S+)/.exec(text.toString())
      if (match?.[1] !== undefined) resolve(match[1])
    })
  })
  return { child, url, seconds: (performance.now() - started) / 1000 }
}

function stopServer(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

class Client {
  readonly #url: string
  readonly #agent: Agent
  readonly #token: string

  constructor(url: string) {
    const ca = readFileSync(path.join(directory, 'pki/ca.crt'))
    this.#url = url
    this.#agent = new Agent({ ca, keepAlive: true, maxSockets: 2000 })
    this.#token = JSON.parse(readFileSync(path.join(directory, 'tokens.json'), 'utf8')).admin
  }

  send(options: {
    method?: string
    path: string
    body?: object
    type?: string
  }): Promise<string> {
    return new Promise((resolve, reject) => {
      const outgoing = this.#open(options, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          if ((response.statusCode ?? 500) < 300) resolve(text)
          else reject(new Error(`${options.path}: ${response.statusCode} ${text}`))
        })
      })
      outgoing.on('error', reject)
    })
  }

  /** Opens a watch; `onLines` gets the number of events of each chunk. */
  watch(target: string, onLines: (count: number) => void): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const outgoing = this.#open({ path: target }, (response) => {
        response.on('data', (chunk: Buffer) => onLines(countLines(chunk)))
        response.on('error', () => {})
        resolve(() => outgoing.destroy())
      })
      outgoing.on('error', reject)
    })
  }

  #open(
    {
      method = 'GET',
      path: target,
      body,
      type = 'application/json',
    }: Parameters<Client['send']>[0],
    callback: NonNullable<Parameters<typeof request>[2]>,
  ) {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${this.#token}`,
      'user-agent': 'bench/1',
      ...(text === undefined
        ? {}
        : { 'content-type': type, 'content-length': Buffer.byteLength(text) }),
    }
    const outgoing = request(
      `${this.#url}${target}`,
      { method, headers, agent: this.#agent },
      callback,
    )
    outgoing.end(text)
    return outgoing
  }

  close(): void {
    this.#agent.destroy()
  }
}

function countLines(chunk: Buffer): number {
  let count = 0
  for (const byte of chunk) if (byte === 10) count += 1
  return count
}

function virtualMachine(name: string): object {
  return {
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
              disks: [
                { name: 'rootdisk', disk: { bus: 'virtio' } },
                { name: 'cloudinit', disk: { bus: 'virtio' } },
              ],
              interfaces: [{ name: 'default', masquerade: {} }],
            },
          },
          networks: [{ name: 'default', pod: {} }],
          volumes: [
            {
              name: 'rootdisk',
              containerDisk: { image: 'localhost/virtdeck/tiny-linux:latest' },
            },
            {
              name: 'cloudinit',
              cloudInitNoCloud: { userData: '#cloud-config\npassword: x\n' },
            },
          ],
        },
      },
    },
  }
}

/** Runs a task for each index, some at a time. */
async function each(count: number, task: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next
      next += 1
      await task(index)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await task()
  return (performance.now() - started) / 1000
}

function memoryOf(child: ChildProcess): string {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])
  // Pages of the memory-mapped store count too, though the system can take them back at any time.
  const mapped = Number(/RssFile:\s+(\d+)/.exec(status)?.[1])
  return `${Math.round(kilobytes / 1024)} MB (${Math.round(mapped / 1024)} MB of it mapped files)`
}

const nameOf = (index: number): string => `bench-${String(index).padStart(6, '0')}`
const report = (text: string): void => void process.stdout.write(`${text}\n`)

async function listPages(client: Client): Promise<{ items: number; bytes: number }> {
  let items = 0
  let bytes = 0
  let token = ''
  do {
    const text = await client.send({ path: `${COLLECTION}?limit=500&continue=${token}` })
    const list = JSON.parse(text) as { metadata: { continue?: string }; items: unknown[] }
    items += list.items.length
    bytes += text.length
    token = encodeURIComponent(list.metadata.continue ?? '')
  } while (token !== '')
  return { items, bytes }
}

async function fanOut(client: Client): Promise<void> {
  const changes = 500
  let received = 0
  const { promise: all, resolve: finish } = Promise.withResolvers<void>()
  const newest = JSON.parse(await client.send({ path: `${COLLECTION}?limit=1` }))
  const target = `${COLLECTION}?watch=1&resourceVersion=${newest.metadata.resourceVersion}`
  const stops = await Promise.all(
    Array.from({ length: WATCHERS }, () =>
      client.watch(target, (count) => {
        received += count
        if (received >= changes * WATCHERS) finish()
      }),
    ),
  )
  const seconds = await timed(async () => {
    await each(changes, (index) =>
      client.send({
        method: 'PATCH',
        path: `${COLLECTION}/${nameOf(index)}/status`,
        type: 'application/merge-patch+json',
        body: { status: { printableStatus: 'Stopped', created: index % 2 === 0 } },
      }),
    )
    await all
  })
  for (const stop of stops) stop()
  report(
    `${changes} status changes to ${WATCHERS} watchers: ${seconds.toFixed(2)} s, ${Math.round(received / seconds)} events/s`,
  )
}

const { child, url, seconds: startSeconds } = await startServer()
try {
  report(`start on an empty directory: ${startSeconds.toFixed(2)} s`)
  const client = new Client(url)
  let created = 0
  const createSeconds = await timed(() =>
    each(MACHINES, async (index) => {
      await client.send({
        method: 'POST',
        path: COLLECTION,
        body: virtualMachine(nameOf(index)),
      })
      created += 1
      // Memory is to be flat: what is stored is not kept in it.
      if (created % MEMORY_STEP === 0) report(`memory with ${created} VMs: ${memoryOf(child)}`)
    }),
  )
  report(
    `create ${MACHINES} VMs: ${createSeconds.toFixed(2)} s, ${Math.round(MACHINES / createSeconds)} creates/s`,
  )
  let pages = { items: 0, bytes: 0 }
  const listSeconds = await timed(async () => {
    pages = await listPages(client)
  })
  report(
    `list ${pages.items} VMs in pages of 500: ${listSeconds.toFixed(2)} s, ${Math.round(pages.bytes / 1e6)} MB`,
  )
  await fanOut(client)
  report(`memory of the API server: ${memoryOf(child)}`)
  client.close()
  await stopServer(child)
  const second = await startServer()
  report(`start on existing data: ${second.seconds.toFixed(2)} s, ${memoryOf(second.child)}`)
  await stopServer(second.child)
} finally {
  child.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
}
