import { RESOURCES } from '@virtdeck/kubernetes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Node } from './informers.ts'
import { nodeLifecycleController } from './node-lifecycle.ts'
import { FakeCluster } from './testing/fake-cluster.ts'

let cluster: FakeCluster
beforeEach(() => {
  cluster = new FakeCluster()
})
afterEach(() => cluster.stop())

const node = (name = 'node01') => cluster.server.find(RESOURCES.nodes, name) as Node | undefined
const ready = () => node()?.status?.conditions?.find(({ type }) => type === 'Ready')
const taints = (name?: string) =>
  (node(name)?.spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`)

function beat(lastHeartbeatTime: string): Promise<unknown> {
  const conditions = [{ type: 'Ready', status: 'True', reason: 'Ready', lastHeartbeatTime }]
  const status = { conditions }
  const options = { subresource: 'status' }
  return cluster.server.client.patch(RESOURCES.nodes, { name: 'node01' }, { status }, options)
}

test('a silent node is lost until it reports again', async () => {
  const maintenance = { key: 'mine', effect: 'NoSchedule' }
  cluster.server.seed(RESOURCES.nodes, {
    metadata: { name: 'node01' },
    spec: { taints: [maintenance] },
  })
  const controller = await cluster.run(nodeLifecycleController(cluster.context))
  await expect
    .poll(() => taints())
    .toEqual([
      'mine:NoSchedule',
      'node.kubernetes.io/not-ready:NoSchedule',
      'node.kubernetes.io/not-ready:NoExecute',
    ])

  await beat('2026-01-01T00:00:00Z')
  await expect.poll(() => taints()).toEqual(['mine:NoSchedule'])

  cluster.pass(39_000)
  controller.add('node01')
  cluster.pass(1_000)
  controller.add('node01')
  await expect.poll(() => ready()?.status).toBe('Unknown')
  expect(ready()).toMatchObject({
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
  })
  await expect
    .poll(() => taints())
    .toEqual([
      'mine:NoSchedule',
      'node.kubernetes.io/unreachable:NoSchedule',
      'node.kubernetes.io/unreachable:NoExecute',
    ])

  await beat('2026-01-01T00:00:41Z')
  await expect.poll(() => taints()).toEqual(['mine:NoSchedule'])
})

test('a cordoned node has its taint until it is uncordoned', async () => {
  cluster.server.seed(RESOURCES.nodes, {
    metadata: { name: 'node02' },
    spec: { unschedulable: true },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  })
  const controller = await cluster.run(nodeLifecycleController(cluster.context))
  cluster.pass(500)
  controller.add('node02')
  await expect
    .poll(() => taints('node02'))
    .toEqual(['node.kubernetes.io/unschedulable:NoSchedule'])
  const spec = { unschedulable: null }
  await cluster.server.client.patch(RESOURCES.nodes, { name: 'node02' }, { spec })
  await expect.poll(() => taints('node02')).toEqual([])
})
