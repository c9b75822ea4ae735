import { ownerReferenceTo, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { garbageCollector } from './garbage-collector.ts'
import { FakeCluster } from './testing/fake-cluster.ts'

const { configMaps, secrets } = RESOURCES
let cluster: FakeCluster

beforeEach(() => {
  cluster = new FakeCluster()
})
afterEach(() => cluster.stop())

const namesOf = (): string[] =>
  [...cluster.server.list(configMaps), ...cluster.server.list(secrets)].map(
    ({ metadata }) => metadata?.name ?? '',
  )

function ownedBy(name: string, ...owners: KubernetesObject[]): KubernetesObject {
  const ownerReferences = owners.map((owner) => ({
    ...ownerReferenceTo(owner),
    controller: false,
  }))
  return { metadata: { namespace: 'default', name, ownerReferences } }
}

async function start(): Promise<void> {
  await cluster.run(await garbageCollector(cluster.context))
}

async function createOwner(name = 'owner'): Promise<KubernetesObject> {
  return cluster.server.client.create<KubernetesObject>(configMaps, {
    metadata: { namespace: 'default', name },
  })
}

const target = { namespace: 'default', name: 'owner' }

test('deletes what lost its owner, and what that owned', async () => {
  await start()
  const owner = await createOwner()
  const child = await cluster.server.client.create(secrets, ownedBy('child', owner))
  await cluster.server.client.create(secrets, ownedBy('grandchild', child))
  await cluster.server.client.delete(configMaps, target, { propagationPolicy: 'Background' })
  await expect.poll(namesOf).toEqual([])
})

test('deletes what lost its owner while nobody looked', async () => {
  const gone: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'owner', uid: 'gone' },
  }
  // Another object of the owner's name is not the owner.
  cluster.server.seed(configMaps, { metadata: { namespace: 'default', name: 'owner' } })
  cluster.server.seed(secrets, ownedBy('child', gone))
  await start()
  await expect.poll(namesOf).toEqual(['owner'])
})

test('an owner deleted in the foreground goes last', async () => {
  await start()
  const owner = await createOwner()
  const child = ownedBy('child', owner)
  child.metadata = { ...child.metadata, finalizers: ['test/hold'] }
  await cluster.server.client.create(secrets, child)
  await cluster.server.client.delete(configMaps, target, { propagationPolicy: 'Foreground' })
  await expect
    .poll(() => cluster.server.find(secrets, 'child', 'default')?.metadata?.deletionTimestamp)
    .toBeDefined()
  expect(namesOf()).toEqual(['owner', 'child'])
  const released = { metadata: { finalizers: [] } }
  await cluster.server.client.patch(secrets, { ...target, name: 'child' }, released)
  await expect.poll(namesOf).toEqual([])
})

test('orphans stay, without the owner', async () => {
  await start()
  const owner = await createOwner()
  await cluster.server.client.create(secrets, ownedBy('child', owner))
  await expect.poll(() => cluster.context.informers.find(secrets)?.size).toBe(1)
  await cluster.server.client.delete(configMaps, target, { propagationPolicy: 'Orphan' })
  await expect.poll(namesOf).toEqual(['child'])
  expect(
    cluster.server.find(secrets, 'child', 'default')?.metadata?.ownerReferences ?? [],
  ).toEqual([])
})

test('one owner of two is enough, and the other is forgotten', async () => {
  await start()
  const owner = await createOwner()
  const other = await createOwner('other')
  await cluster.server.client.create(secrets, ownedBy('child', owner, other))
  await cluster.server.client.delete(configMaps, target)
  const owners = () =>
    cluster.server
      .find(secrets, 'child', 'default')
      ?.metadata?.ownerReferences?.map(({ name }) => name)
  await expect.poll(owners).toEqual(['other'])
})
