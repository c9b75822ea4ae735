import { RESOURCES } from '@virtdeck/kubernetes'
import { expect, test } from 'vitest'
import type { VirtualMachineInstanceMigration as Migration } from './informers.ts'
import { FakeCluster } from './testing/fake-cluster.ts'
import { virtualMachineInstanceMigrationController } from './virtual-machine-instance-migration.ts'

test('a migration fails at once, says why and can be deleted', async () => {
  const cluster = new FakeCluster()
  try {
    await cluster.run(virtualMachineInstanceMigrationController(cluster.context))
    const resource = RESOURCES.virtualMachineInstanceMigrations
    const finalizers = ['kubevirt.io/migrationJobFinalize']
    const metadata = { namespace: 'default', name: 'move', finalizers }
    await cluster.server.client.create(resource, { metadata, spec: { vmiName: 'vm-a' } })
    const found = () =>
      cluster.server.find(resource, 'move', 'default') as Migration | undefined
    await expect.poll(() => found()?.metadata?.finalizers).toEqual([])
    expect(found()?.status).toMatchObject({
      phase: 'Failed',
      migrationState: {
        completed: true,
        failed: true,
        failureReason: 'live migration between the nodes of this cluster is not available',
      },
    })
  } finally {
    await cluster.stop()
  }
})
