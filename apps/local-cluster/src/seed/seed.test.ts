import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startLocalCluster } from '../local-cluster.ts'
import { RESOURCES } from '../resources/index.ts'
import type { ObjectAccess } from '../subresources/subresource.ts'
import { NAMESPACES, seedCluster } from './index.ts'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seed-'))
})
afterEach(async () => {
  await rm(directory, { recursive: true })
})

/** Starts a cluster on the directory and hands its objects to `look` before it closes. */
async function seeded(look: (objects: ObjectAccess) => void): Promise<void> {
  const cluster = await startLocalCluster({
    dataDirectory: directory,
    port: 0,
    nodeNames: [],
    resources: RESOURCES,
    subresources: [],
    seed: async (objects) => {
      await seedCluster(objects)
      look(objects)
    },
  })
  await cluster.close()
}

describe('a fresh cluster', () => {
  it('has what the console expects', async () => {
    await seeded((objects) => {
      const namespaces = objects.list({ group: '', resource: 'namespaces' })
      expect(namespaces.map(({ metadata }) => metadata?.name ?? '').toSorted()).toEqual(
        NAMESPACES.toSorted(),
      )
      expect(
        objects.find({
          group: 'kubevirt.io',
          resource: 'kubevirts',
          namespace: 'kubevirt',
          name: 'kubevirt',
        })?.status,
      ).toMatchObject({ phase: 'Deployed', observedKubeVirtVersion: 'v1.9.0' })
      const storageClass = {
        group: 'storage.k8s.io',
        resource: 'storageclasses',
        name: 'local',
      }
      expect(objects.find(storageClass)).toMatchObject({ provisioner: 'virtdeck.io/local' })
      expect(objects.list({ group: '', resource: 'nodes' })).toEqual([])
    })
  })

  it('is seeded once: what was changed or is there stays', async () => {
    const key = { group: 'storage.k8s.io', resource: 'storageclasses', name: 'local' }
    let version: string | undefined
    await seeded((objects) => {
      version = objects.find(key)?.metadata?.resourceVersion
    })
    await seeded((objects) => {
      expect(objects.find(key)?.metadata?.resourceVersion).toBe(version)
    })
  })
})
