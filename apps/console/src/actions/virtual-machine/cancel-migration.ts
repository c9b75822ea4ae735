import { TimesCircleIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import { ApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import type { RequestAction } from './action.ts'
import type { Migration } from './until-migration-started.ts'

const ENDED = ['Succeeded', 'Failed']

export const cancelMigration: RequestAction = {
  kind: 'request',
  name: 'cancelMigration',
  group: 'move',
  icon: TimesCircleIcon,
  access: {
    verb: 'delete',
    group: 'kubevirt.io',
    resource: 'virtualmachineinstancemigrations',
  },
  run: async ({ namespace, name }) => {
    const resource = RESOURCES.virtualMachineInstanceMigrations
    const migrations = await kubernetes.list<Migration>(resource, { namespace })
    const current = migrations.find(
      ({ spec, status }) => spec.vmiName === name && !ENDED.includes(status?.phase ?? ''),
    )
    if (current === undefined) {
      // virtctl's words for the same.
      const message = `No active migration found for ${name}`
      throw new ApiError({ status: 404, reason: 'NotFound', message })
    }
    const target = { namespace, name: current.metadata?.name ?? '' }
    await kubernetes.remove(resource, target, current.metadata?.uid)
  },
}
