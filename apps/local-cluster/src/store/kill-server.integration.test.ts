import path from 'node:path'
import {
  KubernetesClient,
  RESOURCES,
  StatusError,
  type KubernetesObject,
} from '@virtdeck/kubernetes'
import { createDispatcher, createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import { expect, onTestFinished, test } from 'vitest'
import { ClusterProcesses } from '../controllers/testing/cluster-processes.ts'

const ROUNDS = 20
const WRITERS = 200

interface Written extends KubernetesObject {
  data?: { round: string; filler: string; end: string }
}

/** Big enough to span pages of the store; a torn object would lack its end. */
const configMap = (name: string, round: number): Written => ({
  metadata: { name, namespace: 'default' },
  data: {
    round: String(round),
    filler: `${name}.${round} `.repeat(300),
    end: `${name}.${round}`,
  },
})

/**
 * Each writer keeps rewriting an object of its own until the server is gone; answers the last
 * round that was acknowledged to each.
 */
async function writeUntilKilled(
  client: KubernetesClient,
  options: { first: number; enough: (acknowledged: number) => void },
): Promise<Map<string, number>> {
  const acknowledged = new Map<string, number>()
  let count = 0
  const writer = async (index: number): Promise<void> => {
    const name = `writer-${index}`
    for (let round = options.first; ; round += 1) {
      try {
        await put(client, configMap(name, round))
      } catch (error) {
        // Without a cause it is an answer of the server, and none of these is expected.
        if (error instanceof StatusError && error.cause === undefined) throw error
        return
      }
      acknowledged.set(name, round)
      count += 1
      options.enough(count)
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, (_, index) => writer(index)))
  return acknowledged
}

async function put(client: KubernetesClient, object: Written): Promise<void> {
  try {
    await client.update(RESOURCES.configMaps, object)
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 404) throw error
    await client.create(RESOURCES.configMaps, object)
  }
}

test(`${ROUNDS} times kill -9 under ${WRITERS} writers lose no acknowledged write`, async () => {
  const cluster = new ClusterProcesses()
  onTestFinished(() => cluster.stop())
  await cluster.startApiServer()
  const connection = await loadKubeconfig(path.join(cluster.directory, 'kubeconfig'))
  const lost: string[] = []
  const known = new Map<string, number>()
  let highest = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const dispatcher = createDispatcher(connection)
    const client = new KubernetesClient(createTransport(connection, dispatcher))
    // Each round dies at another moment.
    const wanted = 50 + round * 60
    let killed: Promise<void> | undefined
    const acknowledged = await writeUntilKilled(client, {
      first: highest + 1,
      enough: (count) => {
        if (count >= wanted) killed ??= cluster.killApiServer()
      },
    })
    await killed
    await dispatcher.destroy()
    for (const [name, last] of acknowledged) known.set(name, last)
    highest = Math.max(highest, ...known.values()) + 1
    await cluster.restartApiServer()
    const { items } = await cluster.client.list<Written>(RESOURCES.configMaps, {
      namespace: 'default',
    })
    const found = new Map(items.map((item) => [item.metadata?.name ?? '', item]))
    for (const [name, last] of known) {
      const { round: kept = '', end, filler = '' } = found.get(name)?.data ?? {}
      // A write that nobody was told of may be there too.
      if (Number(kept) < last) lost.push(`${name}: ${last} was acknowledged, ${kept} is there`)
      if (end !== `${name}.${kept}` || !filler.startsWith(end)) lost.push(`${name} is torn`)
    }
  }
  expect(lost).toEqual([])
  expect(known.size).toBe(WRITERS)
}, 180_000)
