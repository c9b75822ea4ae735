import { isDeepStrictEqual } from 'node:util'
import type {
  V1VirtualMachineInstance as VirtualMachineInstance,
  V1VirtualMachineInstanceMigration as Migration,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors } from '@virtdeck/kubernetes'
import { pathColumn } from '../columns.ts'
import { customKind, type KindRequest } from '../define.ts'
import { KUBEVIRT_VERSIONS } from './versions.ts'

const FINALIZER = 'kubevirt.io/migrationJobFinalize'
const FINAL_PHASES = new Set(['Succeeded', 'Failed'])

export const virtualMachineInstanceMigration = customKind<Migration>({
  ...KUBEVIRT_VERSIONS,
  kind: 'VirtualMachineInstanceMigration',
  resource: 'virtualmachineinstancemigrations',
  component: 'io.kubevirt.v1.VirtualMachineInstanceMigration',
  shortNames: ['vmim', 'vmims'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [
    pathColumn({
      name: 'Phase',
      path: '.status.phase',
      description: 'The current phase of VM instance migration',
    }),
    pathColumn({
      name: 'VMI',
      path: '.spec.vmiName',
      description: 'The name of the VMI to perform the migration on',
    }),
  ],
  prepare: ({ operation, object }) => {
    if (operation !== 'create') return
    const metadata = (object.metadata ??= {})
    const { vmiName } = object.spec
    if (vmiName) metadata.labels = { ...metadata.labels, 'kubevirt.io/vmi-name': vmiName }
    if (!metadata.finalizers?.includes(FINALIZER)) {
      metadata.finalizers = [...(metadata.finalizers ?? []), FINALIZER]
    }
  },
  admit: (request) => {
    if (request.operation === 'create') admitCreate(request)
    else if (!isDeepStrictEqual(request.object.spec, request.oldObject?.spec)) {
      throw statusErrors.deniedByWebhook('migration-update-validator.kubevirt.io', [
        {
          reason: 'FieldValueNotSupported',
          message: "update of Migration object's spec is restricted",
        },
      ])
    }
  },
})

function admitCreate({ object, lookup, lookupAll }: KindRequest<Migration>): void {
  const { namespace = '' } = object.metadata ?? {}
  const { vmiName } = object.spec
  if (!vmiName) {
    throw statusErrors.deniedByWebhook('migration-create-validator.kubevirt.io', [
      { reason: 'FieldValueRequired', message: 'vmiName is missing', field: 'spec.vmiName' },
    ])
  }
  const instance = lookup('virtualmachineinstances.kubevirt.io', namespace, vmiName) as
    | VirtualMachineInstance
    | undefined
  if (!instance) throw denied(`the VMI "${namespace}/${vmiName}" does not exist`)
  if (FINAL_PHASES.has(instance.status?.phase ?? '')) {
    throw denied('Cannot migrate VMI in finalized state.')
  }
  const migratable = instance.status?.conditions?.find(({ type }) => type === 'LiveMigratable')
  if (migratable?.status === 'False') {
    const { reason, message } = migratable
    throw denied(`Cannot migrate VMI, Reason: ${reason}, Message: ${message}`)
  }
  const others = lookupAll?.('virtualmachineinstancemigrations.kubevirt.io', namespace) ?? []
  for (const other of others as Iterable<Migration>) {
    if (other.spec.vmiName !== vmiName || FINAL_PHASES.has(other.status?.phase ?? '')) continue
    throw denied(
      `in-flight migration detected. Active migration job (${other.metadata?.uid}) is currently already in progress for VMI ${vmiName}.`,
    )
  }
}

/** An error of the webhook that is no list of causes: 400 without a reason. */
function denied(message: string) {
  const webhook = 'migration-create-validator.kubevirt.io'
  return statusErrors.other(
    400,
    '',
    `admission webhook "${webhook}" denied the request: ${message}`,
  )
}
