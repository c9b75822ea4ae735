import { ownerReferenceTo, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DataVolume } from '../controllers/informers.ts'
import { FakeCluster } from '../controllers/testing/fake-cluster.ts'
import { dataVolumeController } from './data-volume.ts'

const { dataVolumes, persistentVolumeClaims, persistentVolumes } = RESOURCES
let cluster: FakeCluster

beforeEach(() => {
  cluster = new FakeCluster()
})
afterEach(() => cluster.stop())

const dataVolume = () => cluster.server.find(dataVolumes, 'disk', 'n') as DataVolume | undefined
const running = () => dataVolume()?.status?.conditions?.find(({ type }) => type === 'Running')

/** A DataVolume whose source nobody serves, with its claim bound. */
function seed(annotations: Record<string, string>): void {
  const wanted: KubernetesObject = {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { namespace: 'n', name: 'disk', uid: 'wanted' },
    spec: {
      source: { http: { url: 'http://127.0.0.1:1/disk' } },
      pvc: { resources: { requests: { storage: '1Mi' } } },
    },
  }
  cluster.server.seed(dataVolumes, wanted)
  cluster.server.seed(persistentVolumes, {
    metadata: { name: 'pv' },
    spec: { local: { path: '/nowhere' } },
  })
  cluster.server.seed(persistentVolumeClaims, {
    metadata: {
      namespace: 'n',
      name: 'disk',
      annotations,
      ownerReferences: [ownerReferenceTo(wanted)],
    },
    spec: { volumeName: 'pv', resources: { requests: { storage: '1Mi' } } },
    status: { phase: 'Bound' },
  })
}

test('a disk that was filled before a restart is not filled again', async () => {
  seed({ 'cdi.kubevirt.io/storage.pod.phase': 'Succeeded' })
  await cluster.run(dataVolumeController(cluster.context))
  await expect.poll(() => dataVolume()?.status?.phase).toBe('Succeeded')
  expect(dataVolume()?.status).toMatchObject({ progress: '100.0%', restartCount: 0 })
})

test('a source that does not answer is tried again, and each time is counted', async () => {
  seed({})
  const controller = await cluster.run(dataVolumeController(cluster.context))
  for (const restarts of [1, 2]) {
    await expect
      .poll(() => dataVolume()?.status?.restartCount, { timeout: 5_000 })
      .toBe(restarts)
    await expect.poll(() => running()?.reason).toBe('Error')
    expect(running()?.message).toMatch(/^Unable to connect to http data source: /)
    expect(dataVolume()?.status?.phase).toBe('ImportInProgress')
    cluster.pass(60_000)
    controller.add('n/disk')
  }
})
