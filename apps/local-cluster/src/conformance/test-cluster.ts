import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startLocalCluster, type LocalCluster } from '../local-cluster.ts'
import { servedWithout } from '../served.ts'
import { requestOptions, sendTo, type Send, type TestRequest } from './test-requests.ts'

export interface TestCluster {
  cluster: LocalCluster
  directory: string
  send: Send
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

/** A whole API server in a directory of its own, on a free port; without some resources. */
export async function startTestCluster(without: string[] = []): Promise<TestCluster> {
  const directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-cluster-'))
  const start = (): Promise<LocalCluster> =>
    startLocalCluster({
      dataDirectory: directory,
      port: 0,
      nodeNames: ['node01'],
      ...servedWithout(without),
    })
  let cluster = await start()
  return {
    get cluster() {
      return cluster
    },
    directory,
    send: (method, target, options) => sendTo(cluster, method, target, options),
    watch: (target, options = {}) =>
      new Promise((resolve, reject) => {
        const outgoing = request(
          cluster.url + target,
          requestOptions(cluster, 'GET', options),
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
