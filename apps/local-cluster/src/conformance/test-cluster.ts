import { mkdtempSync, rmSync } from 'node:fs'
import { request, type RequestOptions } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startLocalCluster, type LocalCluster } from '../local-cluster.ts'
import { RESOURCES } from '../resources/index.ts'
import { seedCluster } from '../seed/index.ts'
import { SUBRESOURCES } from '../subresources/index.ts'

export interface TestRequest {
  /** `admin`, `developer`, or null for nobody; `admin` unless told. */
  as?: string | null
  headers?: Record<string, string>
  /** Sent as JSON unless it is a string. */
  body?: unknown
  type?: string
}

export interface TestAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** The body as JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- answers have no common type
  json: any
}

export interface TestCluster {
  cluster: LocalCluster
  directory: string
  send: (method: string, path: string, options?: TestRequest) => Promise<TestAnswer>
  /** Opens a watch; `next` resolves with its next event. */
  watch: (path: string, options?: TestRequest) => Promise<TestWatch>
  close: () => Promise<void>
  /** Closes the server and starts it on the same directory. */
  restart: () => Promise<void>
}

export interface TestEvent {
  type: string
  // oxlint-disable-next-line typescript/no-explicit-any -- any kind of object
  object: any
}

export interface TestWatch {
  next: () => Promise<TestEvent>
  /** Resolves with the events that are left when the server ends the watch. */
  ended: Promise<TestEvent[]>
  stop: () => void
}

const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : JSON.stringify(body)

/** A whole API server in a directory of its own, on a free port. */
export async function startTestCluster(): Promise<TestCluster> {
  const directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-cluster-'))
  const start = (): Promise<LocalCluster> =>
    startLocalCluster({
      dataDirectory: directory,
      port: 0,
      nodeNames: ['node01'],
      resources: RESOURCES,
      subresources: SUBRESOURCES,
      seed: seedCluster,
    })
  let cluster = await start()
  const optionsOf = (method: string, options: TestRequest): RequestOptions => {
    const { as = 'admin', headers = {}, type = 'application/json', body } = options
    return {
      method,
      ca: cluster.caCertificate,
      agent: false,
      headers: {
        ...(as === null ? {} : { authorization: `Bearer ${cluster.tokenOf(as)}` }),
        // Node.js frames the body of a DELETE only if it is told the length.
        ...(body === undefined
          ? {}
          : { 'content-type': type, 'content-length': Buffer.byteLength(textOf(body)) }),
        ...headers,
      },
    }
  }
  return {
    get cluster() {
      return cluster
    },
    directory,
    send: (method, target, options = {}) =>
      new Promise((resolve, reject) => {
        const { body } = options
        const outgoing = request(
          cluster.url + target,
          optionsOf(method, options),
          (response) => {
            const chunks: Buffer[] = []
            response.on('data', (chunk: Buffer) => chunks.push(chunk))
            response.on('error', reject)
            response.on('end', () => {
              const text = Buffer.concat(chunks).toString()
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                text,
                json: /^[[{]/.test(text) && !text.includes('\n') ? JSON.parse(text) : undefined,
              })
            })
          },
        )
        outgoing.on('error', reject)
        outgoing.end(body === undefined ? undefined : textOf(body))
      }),
    watch: (target, options = {}) =>
      new Promise((resolve, reject) => {
        const outgoing = request(
          cluster.url + target,
          optionsOf('GET', options),
          (response) => {
            const events: TestEvent[] = []
            const waiting: ((event: TestEvent) => void)[] = []
            let rest = ''
            response.on('data', (chunk: Buffer) => {
              const lines = (rest + chunk.toString()).split('\n')
              rest = lines.pop() ?? ''
              for (const line of lines) {
                const event = JSON.parse(line) as TestEvent
                const take = waiting.shift()
                if (take === undefined) events.push(event)
                else take(event)
              }
            })
            response.on('error', () => {})
            resolve({
              next: () => {
                const event = events.shift()
                return event === undefined
                  ? new Promise((take) => waiting.push(take))
                  : Promise.resolve(event)
              },
              ended: new Promise((end) => response.once('close', () => end(events))),
              stop: () => outgoing.destroy(),
            })
          },
        )
        outgoing.on('error', reject)
        outgoing.end()
      }),
    close: async () => {
      await cluster.close()
      rmSync(directory, { recursive: true, force: true })
    },
    restart: async () => {
      await cluster.close()
      cluster = await start()
    },
  }
}
