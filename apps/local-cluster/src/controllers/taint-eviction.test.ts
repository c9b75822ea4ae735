import { RESOURCES } from '@virtdeck/kubernetes'
import { expect, test } from 'vitest'
import type { Pod } from './informers.ts'
import { evictionTime, taintEvictionController } from './taint-eviction.ts'
import { FakeCluster } from './testing/fake-cluster.ts'

const STARTED = new Date('2025-12-31T00:00:00Z')
const unreachable = {
  key: 'node.kubernetes.io/unreachable',
  effect: 'NoExecute',
  timeAdded: '2026-01-01T00:00:00Z',
}
const tolerating = (
  ...tolerations: NonNullable<NonNullable<Pod['spec']>['tolerations']>
): Pod => ({
  spec: { containers: [], tolerations },
})

test.each<[string, Pod, number | undefined]>([
  ['tolerates nothing', tolerating(), Date.parse('2026-01-01T00:00:00Z')],
  ['tolerates everything', tolerating({ operator: 'Exists' }), undefined],
  [
    'tolerates it for a while',
    tolerating({ key: unreachable.key, operator: 'Exists', tolerationSeconds: 300 }),
    Date.parse('2026-01-01T00:05:00Z'),
  ],
  [
    'tolerates another effect',
    tolerating({ key: unreachable.key, operator: 'Exists', effect: 'NoSchedule' }),
    Date.parse('2026-01-01T00:00:00Z'),
  ],
])('a pod that %s', (_name, pod, at) => {
  expect(evictionTime(pod, [unreachable], STARTED)).toBe(at)
  expect(evictionTime(pod, [{ ...unreachable, effect: 'NoSchedule' }], STARTED)).toBeUndefined()
})

test('an old taint counts from the start of the controllers', () => {
  const later = new Date('2026-01-02T00:00:00Z')
  expect(evictionTime(tolerating(), [unreachable], later)).toBe(later.getTime())
})

test('a pod leaves its node when its toleration is over', async () => {
  const cluster = new FakeCluster()
  try {
    const { client } = cluster.server
    const toleration = { key: 'gone', operator: 'Exists', tolerationSeconds: 60 }
    await client.create(RESOURCES.nodes, {
      metadata: { name: 'node01' },
      spec: {
        taints: [{ key: 'gone', effect: 'NoExecute', timeAdded: '2026-01-01T00:00:00Z' }],
      },
    })
    await client.create(RESOURCES.pods, {
      metadata: { namespace: 'n', name: 'p' },
      spec: { containers: [], nodeName: 'node01', tolerations: [toleration] },
    })
    const controller = await cluster.run(taintEvictionController(cluster.context))
    controller.add('n/p')
    expect(cluster.server.find(RESOURCES.pods, 'p', 'n')).toBeDefined()
    cluster.pass(61_000)
    controller.add('n/p')
    await expect.poll(() => cluster.server.find(RESOURCES.pods, 'p', 'n')).toBeUndefined()
  } finally {
    await cluster.stop()
  }
})
