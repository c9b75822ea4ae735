import { CUSTOM_AGE, pathColumn } from '../columns.ts'
import { customKind } from '../define.ts'
import { KUBEVIRT_VERSIONS } from './versions.ts'

export const virtualMachineInstanceReplicaSet = customKind({
  ...KUBEVIRT_VERSIONS,
  kind: 'VirtualMachineInstanceReplicaSet',
  resource: 'virtualmachineinstancereplicasets',
  component: 'io.kubevirt.v1.VirtualMachineInstanceReplicaSet',
  shortNames: ['vmirs', 'vmirss'],
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

export const virtualMachineInstancePreset = customKind({
  ...KUBEVIRT_VERSIONS,
  kind: 'VirtualMachineInstancePreset',
  resource: 'virtualmachineinstancepresets',
  component: 'io.kubevirt.v1.VirtualMachineInstancePreset',
  shortNames: ['vmipreset', 'vmipresets'],
  categories: ['all'],
  namespaced: true,
  columns: [CUSTOM_AGE],
})

export const kubeVirt = customKind({
  ...KUBEVIRT_VERSIONS,
  kind: 'KubeVirt',
  resource: 'kubevirts',
  component: 'io.kubevirt.v1.KubeVirt',
  shortNames: ['kv', 'kvs'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [CUSTOM_AGE, pathColumn({ name: 'Phase', path: '.status.phase' })],
})
