import type { V1VirtualMachineInstanceMigration } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { ApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'

export type Migration = V1VirtualMachineInstanceMigration & KubernetesObject

const INTERVAL_MILLISECONDS = 300
const PATIENCE_MILLISECONDS = 3000

/**
 * A migration is accepted before anybody has looked whether it can be done. Waits a moment for
 * that answer, so that a refusal reaches whoever asked; rejects with the cluster's reason.
 */
export async function untilMigrationStarted(created: Migration): Promise<void> {
  const { namespace, name = '' } = created.metadata ?? {}
  const end = Date.now() + PATIENCE_MILLISECONDS
  while (Date.now() < end) {
    const migration = await kubernetes
      .get<Migration>(RESOURCES.virtualMachineInstanceMigrations, { namespace, name })
      // It may be made without being read, and gone before it is read.
      .catch(() => undefined)
    const { phase, migrationState } = migration?.status ?? {}
    if (phase === 'Failed') {
      const message = migrationState?.failureReason ?? phase
      throw new ApiError({ status: 409, reason: 'MigrationFailed', message })
    }
    if (migration === undefined || (phase && phase !== 'Pending')) return
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MILLISECONDS))
  }
}
