import { isDeepStrictEqual } from 'node:util'
import type { V1beta1VirtualMachineSnapshot as Snapshot } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { type KubernetesObject, statusErrors } from '@virtdeck/kubernetes'
import { CUSTOM_AGE, pathColumn } from './columns.ts'
import { customKind, type KindRequest } from './define.ts'

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
  admit: fixedSpec('virtualmachinesnapshot-validator.snapshot.kubevirt.io'),
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

export const virtualMachineRestore = customKind({
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
  admit: fixedSpec('virtualmachinerestore-validator.snapshot.kubevirt.io'),
})

export const virtualMachineClone = customKind({
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
})

export const virtualMachineExport = customKind({
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
  admit: fixedSpec('virtualmachineexport-validator.export.kubevirt.io'),
})

export const virtualMachinePool = customKind({
  group: 'pool.kubevirt.io',
  versions: ['v1beta1', 'v1alpha1'],
  kind: 'VirtualMachinePool',
  resource: 'virtualmachinepools',
  component: 'io.kubevirt.v1beta1.VirtualMachinePool',
  shortNames: ['vmpool', 'vmpools'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [
    pathColumn({ name: 'Desired', type: 'integer', path: '.spec.replicas' }),
    pathColumn({ name: 'Current', type: 'integer', path: '.status.replicas' }),
    pathColumn({ name: 'Ready', type: 'integer', path: '.status.readyReplicas' }),
    CUSTOM_AGE,
  ],
})

export const migrationPolicy = customKind({
  group: 'migrations.kubevirt.io',
  versions: ['v1alpha1'],
  kind: 'MigrationPolicy',
  resource: 'migrationpolicies',
  component: 'io.kubevirt.v1alpha1.MigrationPolicy',
  singular: 'migrationpolicy',
  categories: ['all'],
  namespaced: false,
  columns: [CUSTOM_AGE],
})

function fixedSpec(webhook: string) {
  return ({ operation, object, oldObject }: KindRequest<KubernetesObject>): void => {
    if (operation !== 'update' || isDeepStrictEqual(object.spec, oldObject?.spec)) return
    throw statusErrors.deniedByWebhook(webhook, [
      {
        reason: 'FieldValueInvalid',
        message: 'spec in immutable after creation',
        field: 'spec',
      },
    ])
  }
}
