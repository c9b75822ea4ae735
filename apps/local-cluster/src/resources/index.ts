import type { ResourceDefinition } from '../registry.ts'
import {
  cdi,
  cdiConfig,
  dataImportCron,
  dataSource,
  dataVolume,
  storageProfile,
} from './cdi.ts'
import { configMap, secret } from './config-map.ts'
import { controllerRevision, lease } from './coordination.ts'
import { customResourceDefinition } from './custom-resource-definition.ts'
import { endpointSlice } from './discovery.ts'
import { eventV1 } from './event-v1.ts'
import { event } from './event.ts'
import { hyperConverged } from './hyper-converged.ts'
import {
  virtualMachineClusterInstancetype,
  virtualMachineClusterPreference,
  virtualMachineInstancetype,
  virtualMachinePreference,
} from './instancetypes.ts'
import { namespace } from './namespace.ts'
import { networkAttachmentDefinition } from './network-attachment-definition.ts'
import {
  firstNodeMaintenance,
  kubevirtNodeMaintenance,
  nodeMaintenance,
} from './node-maintenance.ts'
import { node } from './node.ts'
import {
  catalogSource,
  clusterServiceVersion,
  installPlan,
  operatorGroup,
  packageManifest,
  subscription,
} from './operator-lifecycle.ts'
import { pod } from './pod.ts'
import { limitRange, podDisruptionBudget, resourceQuota } from './quotas.ts'
import { clusterRole, clusterRoleBinding, role, roleBinding, serviceAccount } from './rbac.ts'
import { priorityClass } from './scheduling.ts'
import { endpoints, service } from './service.ts'
import {
  migrationPolicy,
  virtualMachineClone,
  virtualMachineExport,
  virtualMachinePool,
  virtualMachineRestore,
  virtualMachineSnapshot,
  virtualMachineSnapshotContent,
} from './snapshots.ts'
import { persistentVolume, persistentVolumeClaim, storageClass } from './storage.ts'
import { template } from './template.ts'
import { virtualMachineInstanceMigration } from './virtual-machine/migration.ts'
import {
  kubeVirt,
  virtualMachineInstancePreset,
  virtualMachineInstanceReplicaSet,
} from './virtual-machine/other-kinds.ts'
import { virtualMachineInstance } from './virtual-machine/virtual-machine-instance.ts'
import { virtualMachine } from './virtual-machine/virtual-machine.ts'
import {
  volumeSnapshot,
  volumeSnapshotClass,
  volumeSnapshotContent,
} from './volume-snapshots.ts'

/** Every kind the API server knows, in the order of discovery. */
export const RESOURCES: ResourceDefinition[] = [
  configMap,
  endpoints,
  event,
  limitRange,
  namespace,
  node,
  persistentVolumeClaim,
  persistentVolume,
  pod,
  resourceQuota,
  secret,
  serviceAccount,
  service,

  controllerRevision,
  eventV1,
  podDisruptionBudget,
  clusterRoleBinding,
  clusterRole,
  roleBinding,
  role,
  storageClass,
  customResourceDefinition,
  lease,
  priorityClass,
  endpointSlice,

  virtualMachineInstanceReplicaSet,
  virtualMachineInstanceMigration,
  virtualMachine,
  kubeVirt,
  virtualMachineInstancePreset,
  virtualMachineInstance,
  virtualMachineInstancetype,
  virtualMachineClusterInstancetype,
  virtualMachinePreference,
  virtualMachineClusterPreference,
  virtualMachineSnapshot,
  virtualMachineSnapshotContent,
  virtualMachineRestore,
  virtualMachineClone,
  virtualMachineExport,
  virtualMachinePool,
  migrationPolicy,

  dataVolume,
  cdiConfig,
  cdi,
  dataSource,
  dataImportCron,
  storageProfile,

  networkAttachmentDefinition,
  nodeMaintenance,
  kubevirtNodeMaintenance,
  firstNodeMaintenance,
  volumeSnapshot,
  volumeSnapshotClass,
  volumeSnapshotContent,
  hyperConverged,
  subscription,
  clusterServiceVersion,
  installPlan,
  catalogSource,
  operatorGroup,
  packageManifest,
  template,
]
