import { isDeepStrictEqual } from 'node:util'
import type {
  V1alpha1MigrationPolicy as MigrationPolicy,
  V1beta1VirtualMachineClone as Clone,
  V1beta1VirtualMachineExport as Export,
  V1beta1VirtualMachinePool as Pool,
  V1beta1VirtualMachineRestore as Restore,
  V1beta1VirtualMachineSnapshot as Snapshot,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { type KubernetesObject, type StatusCause, statusErrors } from '@virtdeck/kubernetes'
import { CUSTOM_AGE, pathColumn } from './columns.ts'
import { customKind, type KindRequest } from './define.ts'
import { cloneCauses, exportCauses, restoreCauses, snapshotCauses } from './snapshot-rules.ts'
import { cause, causeIf } from './virtual-machine/admission/cause.ts'
import { poolCauses } from './virtual-machine/admission/replicas.ts'
import { amount } from './virtual-machine/admission/quantities.ts'

const SNAPSHOT = { group: 'snapshot.kubevirt.io', versions: ['v1beta1', 'v1alpha1'] }

export const virtualMachineSnapshot = customKind<Snapshot>({
  ...SNAPSHOT,
  kind: 'VirtualMachineSnapshot',
  resource: 'virtualmachinesnapshots',
  component: 'io.kubevirt.v1beta1.VirtualMachineSnapshot',
  shortNames: ['vmsnapshot', 'vmsnapshots'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [
    pathColumn({ name: 'SourceKind', path: '.spec.source.kind' }),
    pathColumn({ name: 'SourceName', path: '.spec.source.name' }),
    pathColumn({ name: 'Phase', path: '.status.phase' }),
    pathColumn({ name: 'ReadyToUse', type: 'boolean', path: '.status.readyToUse' }),
    pathColumn({ name: 'CreationTime', type: 'date', path: '.status.creationTime' }),
    pathColumn({ name: 'Error', path: '.status.error.message' }),
  ],
  admit: madeOnce('virtualmachinesnapshot-validator.snapshot.kubevirt.io', snapshotCauses),
})

export const virtualMachineSnapshotContent = customKind({
  ...SNAPSHOT,
  kind: 'VirtualMachineSnapshotContent',
  resource: 'virtualmachinesnapshotcontents',
  component: 'io.kubevirt.v1beta1.VirtualMachineSnapshotContent',
  shortNames: ['vmsnapshotcontent', 'vmsnapshotcontents'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [
    pathColumn({ name: 'ReadyToUse', type: 'boolean', path: '.status.readyToUse' }),
    pathColumn({ name: 'CreationTime', type: 'date', path: '.status.creationTime' }),
    pathColumn({ name: 'Error', path: '.status.error.message' }),
  ],
})

export const virtualMachineRestore = customKind<Restore>({
  ...SNAPSHOT,
  kind: 'VirtualMachineRestore',
  resource: 'virtualmachinerestores',
  component: 'io.kubevirt.v1beta1.VirtualMachineRestore',
  shortNames: ['vmrestore', 'vmrestores'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [
    pathColumn({ name: 'TargetKind', path: '.spec.target.kind' }),
    pathColumn({ name: 'TargetName', path: '.spec.target.name' }),
    pathColumn({ name: 'Complete', type: 'boolean', path: '.status.complete' }),
    pathColumn({ name: 'RestoreTime', type: 'date', path: '.status.restoreTime' }),
    pathColumn({ name: 'Error', path: '.status.error.message' }),
  ],
  admit: madeOnce('virtualmachinerestore-validator.snapshot.kubevirt.io', restoreCauses),
})

export const virtualMachineClone = customKind<Clone>({
  group: 'clone.kubevirt.io',
  versions: ['v1beta1', 'v1alpha1'],
  kind: 'VirtualMachineClone',
  resource: 'virtualmachineclones',
  component: 'io.kubevirt.v1beta1.VirtualMachineClone',
  shortNames: ['vmclone', 'vmclones'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [
    pathColumn({ name: 'Phase', path: '.status.phase' }),
    pathColumn({ name: 'SourceVirtualMachine', path: '.spec.source.name' }),
    pathColumn({ name: 'TargetVirtualMachine', path: '.spec.target.name' }),
  ],
  admit: (request) => {
    const causes = cloneCauses(request)
    const webhook = 'vm-clone-validator.kubevirt.io'
    if (causes.length > 0) throw statusErrors.deniedByWebhook(webhook, causes)
  },
})

export const virtualMachineExport = customKind<Export>({
  group: 'export.kubevirt.io',
  versions: ['v1', 'v1beta1'],
  deprecatedVersions: {
    v1beta1:
      'export.kubevirt.io/v1beta1 is now deprecated and will be removed in a future release.',
  },
  kind: 'VirtualMachineExport',
  resource: 'virtualmachineexports',
  component: 'io.kubevirt.v1beta1.VirtualMachineExport',
  shortNames: ['vmexport', 'vmexports'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [
    pathColumn({ name: 'SourceKind', path: '.spec.source.kind' }),
    pathColumn({ name: 'SourceName', path: '.spec.source.name' }),
    pathColumn({ name: 'Phase', path: '.status.phase' }),
  ],
  admit: madeOnce('virtualmachineexport-validator.export.kubevirt.io', exportCauses),
})

export const virtualMachinePool = customKind<Pool>({
  group: 'pool.kubevirt.io',
  versions: ['v1beta1', 'v1alpha1'],
  kind: 'VirtualMachinePool',
  resource: 'virtualmachinepools',
  component: 'io.kubevirt.v1beta1.VirtualMachinePool',
  shortNames: ['vmpool', 'vmpools'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  scale: {
    specReplicas: '.spec.replicas',
    statusReplicas: '.status.replicas',
    labelSelector: '.status.labelSelector',
  },
  columns: [
    pathColumn({ name: 'Desired', type: 'integer', path: '.spec.replicas' }),
    pathColumn({ name: 'Current', type: 'integer', path: '.status.replicas' }),
    pathColumn({ name: 'Ready', type: 'integer', path: '.status.readyReplicas' }),
    CUSTOM_AGE,
  ],
  admit: (request) => {
    const causes = poolCauses(request)
    const webhook = 'virtualmachinepool-validator.kubevirt.io'
    if (causes.length > 0) throw statusErrors.deniedByWebhook(webhook, causes)
  },
})

export const migrationPolicy = customKind<MigrationPolicy>({
  group: 'migrations.kubevirt.io',
  versions: ['v1alpha1'],
  kind: 'MigrationPolicy',
  resource: 'migrationpolicies',
  component: 'io.kubevirt.v1alpha1.MigrationPolicy',
  singular: 'migrationpolicy',
  categories: ['all'],
  namespaced: false,
  columns: [CUSTOM_AGE],
  admit: ({ object }) => {
    const causes = migrationPolicyCauses(object)
    const webhook = 'migration-policy-validator.kubevirt.io'
    if (causes.length > 0) throw statusErrors.deniedByWebhook(webhook, causes)
  },
})

/** Says once what is wanted: rules for the create, no change of the spec later. */
function madeOnce<T extends KubernetesObject>(
  webhook: string,
  causesOf: (request: KindRequest<T>) => StatusCause[],
) {
  return (request: KindRequest<T>): void => {
    const { operation, object, oldObject } = request
    const changed = operation === 'update' && !isDeepStrictEqual(object.spec, oldObject?.spec)
    const causes = changed
      ? [cause('spec', 'spec in immutable after creation')]
      : operation === 'create'
        ? causesOf(request)
        : []
    if (causes.length > 0) throw statusErrors.deniedByWebhook(webhook, causes)
  }
}

function migrationPolicyCauses({ spec }: MigrationPolicy): StatusCause[] {
  const { completionTimeoutPerGiB = 0, bandwidthPerMigration } = spec
  return [
    ...causeIf(
      completionTimeoutPerGiB < 0,
      'spec.completionTimeoutPerGiB',
      'must not be negative',
    ),
    ...causeIf(
      amount(bandwidthPerMigration) < 0,
      'spec.bandwidthPerMigration',
      'must not be negative',
    ),
  ]
}
