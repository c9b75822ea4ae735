import { ArrowRightIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import { kubernetes } from '../../live/kubernetes.ts'
import type { RequestAction } from './action.ts'
import { untilMigrationStarted, type Migration } from './until-migration-started.ts'

export const migrate: RequestAction = {
  kind: 'request',
  name: 'migrate',
  group: 'move',
  icon: ArrowRightIcon,
  access: {
    verb: 'create',
    group: 'kubevirt.io',
    resource: 'virtualmachineinstancemigrations',
  },
  run: async ({ namespace, name }) => {
    const migration = await kubernetes.create<Migration>(
      RESOURCES.virtualMachineInstanceMigrations,
      {
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachineInstanceMigration',
        metadata: { generateName: `${name}-migration-`, namespace },
        spec: { vmiName: name },
      },
    )
    await untilMigrationStarted(migration)
  },
}
