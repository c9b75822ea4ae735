import type { IoK8sApiCoreV1Event as Event } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import {
  ownerReferenceTo,
  RESOURCES,
  type KubernetesObject,
  type ResourceRef,
} from '@virtdeck/kubernetes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { garbageCollector } from './garbage-collector.ts'
import { FakeCluster } from './testing/fake-cluster.ts'

const { configMaps, nodes, secrets } = RESOURCES
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

test('what belongs to a kind that nothing serves stays', async () => {
  const owner: KubernetesObject = {
    apiVersion: 'unknown.example/v1',
    kind: 'Thing',
    metadata: { name: 'owner', uid: 'somewhere' },
  }
  cluster.server.seed(secrets, ownedBy('child', owner))
  await start()
  // Another object's end shows that the collector has worked.
  cluster.server.seed(secrets, ownedBy('other', { ...owner, apiVersion: 'v1', kind: 'Secret' }))
  await expect.poll(namesOf).toEqual(['child'])
})

test('an owner in another namespace is none, and a warning says so', async () => {
  await start()
  const owner = await createOwner()
  await cluster.server.client.create(secrets, {
    metadata: { ...ownedBy('child', owner).metadata, namespace: 'elsewhere' },
  })
  await expect.poll(namesOf).toEqual(['owner'])
  const uid = owner.metadata?.uid
  await expect
    .poll(() => cluster.server.list<Event>(RESOURCES.events).map(({ message }) => message))
    .toEqual([
      `ownerRef [v1/ConfigMap, namespace: elsewhere, name: owner, uid: ${uid}] does not exist in namespace "elsewhere"`,
    ])
})

test('a cluster-wide object is not deleted for an owner in a namespace', async () => {
  await start()
  const owner = await createOwner()
  const { ownerReferences = [] } = ownedBy('x', owner).metadata ?? {}
  await cluster.server.client.create(nodes, { metadata: { name: 'node', ownerReferences } })
  await cluster.server.client.delete(configMaps, target)
  await expect
    .poll(() => cluster.server.list<Event>(RESOURCES.events).map(({ reason }) => reason))
    .toEqual(['OwnerRefInvalidNamespace'])
  expect(cluster.server.find(nodes, 'node')).toBeDefined()
})

test('a kind that is defined while the collector runs is collected too', async () => {
  const widgets: ResourceRef = {
    group: 'example.com',
    version: 'v1',
    resource: 'widgets',
    kind: 'Widget',
    namespaced: true,
  }
  const later = { ...widgets, resource: 'gadgets', kind: 'Gadget' }
  const served: ResourceRef[] = [...Object.values(RESOURCES), later]
  const withLater = new FakeCluster(served)
  try {
    await withLater.run(await garbageCollector(withLater.context))
    served.push(widgets)
    const { client } = withLater.server
    await client.create(RESOURCES.customResourceDefinitions, {
      metadata: { name: 'widgets.example.com' },
    })
    const owner = await client.create<KubernetesObject>(configMaps, {
      metadata: { namespace: 'default', name: 'owner' },
    })
    await client.create(widgets, ownedBy('widget', owner))
    await client.delete(configMaps, target)
    await expect.poll(() => withLater.server.list(widgets)).toEqual([])
  } finally {
    await withLater.stop()
  }
})
