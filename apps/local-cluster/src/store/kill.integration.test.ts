import { KubernetesClient, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { createTransport } from '@virtdeck/kubernetes/node'
import { afterAll, expect, test } from 'vitest'
import { ServerProcess } from '../testing/server-process.ts'

const ROUNDS = 20
const WRITERS = 200
const NAMESPACE = 'default'
const LABELS = { test: 'kill' }

let attempts = 0
const server = new ServerProcess()
afterAll(() => server.dispose())

interface Written extends KubernetesObject {
  data: { step: string; filler: string; end: string }
}

/** What is known of one object: the last answer of the server, and what may have come after it. */
interface Known {
  acknowledged: { step: number; version: number; deleted: boolean }
  attempted: number
}

const objectOf = (name: string, step: number): Written => ({
  metadata: { name, namespace: NAMESPACE, labels: LABELS },
  // Objects of different lengths, some of them longer than a page of the database.
  data: {
    step: String(step),
    filler: `${step} `.repeat(20 + ((step * 97) % 1_500)),
    end: String(step),
  },
})

/** Creates, replaces and deletes one object until the server is gone. */
async function write(client: KubernetesClient, name: string, known: Known): Promise<void> {
  const target = { namespace: NAMESPACE, name }
  for (;;) {
    const { deleted } = known.acknowledged
    const step = known.attempted + 1
    known.attempted = step
    attempts += 1
    const remove = !deleted && step % 7 === 0
    try {
      if (remove) {
        await client.delete(RESOURCES.configMaps, target)
        known.acknowledged = { ...known.acknowledged, step, deleted: true }
        continue
      }
      const object = objectOf(name, step)
      const { metadata } = deleted
        ? await client.create<Written>(RESOURCES.configMaps, object)
        : await client.update<Written>(RESOURCES.configMaps, object)
      const version = Number(metadata?.resourceVersion)
      known.acknowledged = { step, version, deleted: false }
    } catch {
      return
    }
  }
}

const isWhole = ({ metadata, data }: Written): boolean => {
  const step = Number(data.step)
  return JSON.stringify(data) === JSON.stringify(objectOf(metadata?.name ?? '', step).data)
}

test(`${ROUNDS} times kill -9 under ${WRITERS} writers: no acknowledged write is lost, no object torn`, async () => {
  const known = new Map<string, Known>()
  for (let writer = 0; writer < WRITERS; writer += 1) {
    const acknowledged = { step: 0, version: 0, deleted: true }
    known.set(`kill-${writer}`, { acknowledged, attempted: 0 })
  }
  const problems: string[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await server.start()
    const client = new KubernetesClient(
      createTransport({
        server: server.url,
        certificateAuthority: server.ca,
        token: server.token,
      }),
    )
    const list = await client.list<Written>(RESOURCES.configMaps, {
      namespace: NAMESPACE,
      labelSelector: 'test=kill',
    })
    const found = new Map(list.items.map((item) => [item.metadata?.name ?? '', item]))
    for (const [name, state] of known) {
      const object = found.get(name)
      const { acknowledged, attempted } = state
      const step = object === undefined ? undefined : Number(object.data.step)
      const version = Number(object?.metadata?.resourceVersion ?? 0)
      const unanswered = attempted > acknowledged.step
      const say = (text: string): void =>
        void problems.push(`round ${round}, ${name}, step ${acknowledged.step}: ${text}`)
      if (object !== undefined && !isWhole(object)) say('torn')
      if (step === acknowledged.step && !acknowledged.deleted) {
        if (version !== acknowledged.version) say(`has version ${version}`)
      } else if (step === undefined ? !acknowledged.deleted : true) {
        // Not what was acknowledged: then it must be the one write that nobody heard of again.
        if (!unanswered || (step !== undefined && step !== attempted)) say(`lost: ${step}`)
      }
      if (version > Number(list.metadata.resourceVersion)) say('is newer than the list')
      // What is there now is where the writer goes on.
      state.attempted = step ?? attempted
      state.acknowledged = { step: state.attempted, version, deleted: step === undefined }
    }
    expect(problems).toEqual([])
    const goal = attempts + WRITERS + round * 41
    const writing = [...known].map(([name, state]) => write(client, name, state))
    // Each round dies at another moment.
    await expect.poll(() => attempts, { interval: 1, timeout: 30_000 }).toBeGreaterThan(goal)
    await server.end('SIGKILL')
    await Promise.all(writing)
  }
}, 300_000)
