import { keyOf, RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, unlessGone, type Controller } from './controller.ts'
import { removeFinalizer } from './finalizers.ts'
import type { VirtualMachineInstanceMigration as Migration } from './informers.ts'
import { timestamp } from './timestamps.ts'

const FINALIZER = 'kubevirt.io/migrationJobFinalize'
const REASON = 'live migration between the nodes of this cluster is not available'

/** The nodes cannot hand guests over: each migration ends at once and says so. */
export function virtualMachineInstanceMigrationController(
  context: ControllerContext,
): Controller {
  const { client, informers, events, now } = context
  const resource = RESOURCES.virtualMachineInstanceMigrations
  const migrations = informers.of<Migration>(resource)

  return {
    name: 'virtual-machine-instance-migration',
    sources: [changesOf(migrations, (migration) => [keyOf(migration)])],
    reconcile: async (key) => {
      const migration = migrations.get(key)
      if (migration === undefined) return
      const phase = migration.status?.phase
      if (phase !== 'Failed' && phase !== 'Succeeded') await fail(migration)
      else await removeFinalizer(client, resource, { object: migration, finalizer: FINALIZER })
    },
  }

  async function fail(migration: Migration): Promise<void> {
    const { namespace, name, uid, resourceVersion } = migration.metadata ?? {}
    const time = timestamp(now())
    const status = {
      phase: 'Failed',
      phaseTransitionTimestamps: [
        ...(migration.status?.phaseTransitionTimestamps ?? []),
        { phase: 'Failed', phaseTransitionTimestamp: time },
      ],
      migrationState: {
        migrationUid: uid,
        startTimestamp: time,
        endTimestamp: time,
        completed: true,
        failed: true,
        failureReason: REASON,
      },
    }
    const patch = { metadata: { resourceVersion }, status }
    const options = { subresource: 'status' }
    await unlessGone(client.patch(resource, { namespace, name }, patch, options))
    events.record(migration, {
      type: 'Warning',
      reason: 'FailedMigration',
      message: `Migration failed: ${REASON}`,
      component: 'virtualmachine-controller',
    })
  }
}
