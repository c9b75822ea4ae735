import { RESOURCES } from '@virtdeck/kubernetes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Namespace } from './informers.ts'
import { namespaceController } from './namespace.ts'
import { FakeCluster } from './testing/fake-cluster.ts'

let cluster: FakeCluster

beforeEach(async () => {
  cluster = new FakeCluster()
  await cluster.run(namespaceController(cluster.context))
})
afterEach(() => cluster.stop())

const conditionsOf = () => {
  const found = cluster.server.find(RESOURCES.namespaces, 'short') as Namespace | undefined
  return found?.status?.conditions?.map(({ type, status }) => `${type}=${status}`)
}

test('waits for what finalizers hold, says so, takes late objects along and lets go', async () => {
  const { client } = cluster.server
  await client.create(RESOURCES.namespaces, {
    metadata: { name: 'short' },
    spec: { finalizers: ['kubernetes'] },
  })
  const target = { namespace: 'short', name: 'held' }
  await client.create(RESOURCES.configMaps, {
    metadata: { ...target, finalizers: ['test/hold'] },
  })
  await client.delete(RESOURCES.namespaces, { name: 'short' })
  await expect.poll(conditionsOf).toContain('NamespaceFinalizersRemaining=True')
  expect(conditionsOf()).toContain('NamespaceContentRemaining=True')
  await client.create(RESOURCES.secrets, { metadata: { namespace: 'short', name: 'late' } })
  await expect.poll(() => cluster.server.list(RESOURCES.secrets)).toEqual([])
  await client.patch(RESOURCES.configMaps, target, { metadata: { finalizers: [] } })
  await expect.poll(() => cluster.server.find(RESOURCES.namespaces, 'short')).toBeUndefined()
})
