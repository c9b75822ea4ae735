import type { SeedObject } from './index.ts'
import { SNAPSHOT_CLASS, STORAGE_CLASS, STORAGE_CLASSES } from './storage.ts'

/** The KubeVirt release whose behaviour this cluster imitates. */
export const KUBEVIRT_VERSION = 'v1.9.0'
const CDI_VERSION = 'v1.66.0'

/** What the operators of KubeVirt and CDI leave in a cluster once they have deployed. */
export function operators(): SeedObject[] {
  return [kubeVirt(), cdi(), cdiConfig(), ...STORAGE_CLASSES.map(storageProfile)]
}

function condition(type: string, status: 'True' | 'False', reason: string, message: string) {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  return { type, status, reason, message, lastTransitionTime: now, lastProbeTime: now }
}

function kubeVirt(): SeedObject {
  return {
    group: 'kubevirt.io',
    resource: 'kubevirts',
    object: {
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'kubevirt', namespace: 'kubevirt' },
      spec: {
        configuration: {
          network: { defaultNetworkInterface: 'masquerade' },
          vmRolloutStrategy: 'Stage',
        },
        imagePullPolicy: 'IfNotPresent',
      },
    },
    status: {
      phase: 'Deployed',
      operatorVersion: KUBEVIRT_VERSION,
      observedKubeVirtVersion: KUBEVIRT_VERSION,
      targetKubeVirtVersion: KUBEVIRT_VERSION,
      defaultArchitecture: 'amd64',
      outdatedVirtualMachineInstanceWorkloads: 0,
      conditions: [
        condition('Available', 'True', 'AllComponentsReady', 'All components are ready.'),
        condition('Progressing', 'False', 'AllComponentsReady', 'All components are ready.'),
        condition('Degraded', 'False', 'AllComponentsReady', 'All components are ready.'),
        condition('Created', 'True', 'AllResourcesCreated', 'All resources were created.'),
      ],
    },
  }
}

function cdi(): SeedObject {
  return {
    group: 'cdi.kubevirt.io',
    resource: 'cdis',
    object: {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'CDI',
      metadata: { name: 'cdi' },
      spec: { config: { featureGates: ['HonorWaitForFirstConsumer'] } },
    },
    status: {
      phase: 'Deployed',
      operatorVersion: CDI_VERSION,
      observedVersion: CDI_VERSION,
      targetVersion: CDI_VERSION,
      conditions: [
        condition('Available', 'True', 'DeployCompleted', 'Deployment Completed'),
        condition('Progressing', 'False', 'DeployCompleted', 'Deployment Completed'),
        condition('Degraded', 'False', 'DeployCompleted', 'Deployment Completed'),
      ],
    },
  }
}

function cdiConfig(): SeedObject {
  return {
    group: 'cdi.kubevirt.io',
    resource: 'cdiconfigs',
    object: {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'CDIConfig',
      metadata: { name: 'config' },
      spec: { featureGates: ['HonorWaitForFirstConsumer'] },
    },
    status: {
      scratchSpaceStorageClass: STORAGE_CLASS,
      filesystemOverhead: { global: '0.06', storageClass: { [STORAGE_CLASS]: '0.06' } },
      preallocation: false,
    },
  }
}

/** Every node agent of this machine sees the same files, so volumes can be shared. */
function storageProfile(storageClass: string): SeedObject {
  const claimPropertySets = [
    { accessModes: ['ReadWriteMany'], volumeMode: 'Filesystem' },
    { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' },
    { accessModes: ['ReadWriteMany'], volumeMode: 'Block' },
  ]
  return {
    group: 'cdi.kubevirt.io',
    resource: 'storageprofiles',
    object: {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'StorageProfile',
      metadata: { name: storageClass },
      spec: {},
    },
    status: {
      claimPropertySets,
      cloneStrategy: 'copy',
      dataImportCronSourceFormat: 'pvc',
      provisioner: 'virtdeck.io/local',
      snapshotClass: SNAPSHOT_CLASS,
      storageClass,
    },
  }
}
