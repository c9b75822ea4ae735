import type {
  V1VirtualMachineInstancePreset as Preset,
  V1VirtualMachineInstanceReplicaSet as ReplicaSet,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors } from '@virtdeck/kubernetes'
import { CUSTOM_AGE, pathColumn } from '../columns.ts'
import { customKind } from '../define.ts'
import { presetCauses, replicaSetCauses } from './admission/replicas.ts'
import { KUBEVIRT_VERSIONS } from './versions.ts'

export const virtualMachineInstanceReplicaSet = customKind<ReplicaSet>({
  ...KUBEVIRT_VERSIONS,
  kind: 'VirtualMachineInstanceReplicaSet',
  resource: 'virtualmachineinstancereplicasets',
  component: 'io.kubevirt.v1.VirtualMachineInstanceReplicaSet',
  shortNames: ['vmirs', 'vmirss'],
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
    const causes = replicaSetCauses(request)
    const webhook = 'virtualmachinereplicaset-validator.kubevirt.io'
    if (causes.length > 0) throw statusErrors.deniedByWebhook(webhook, causes)
  },
})

export const virtualMachineInstancePreset = customKind<Preset>({
  ...KUBEVIRT_VERSIONS,
  kind: 'VirtualMachineInstancePreset',
  resource: 'virtualmachineinstancepresets',
  component: 'io.kubevirt.v1.VirtualMachineInstancePreset',
  shortNames: ['vmipreset', 'vmipresets'],
  categories: ['all'],
  namespaced: true,
  columns: [CUSTOM_AGE],
  admit: ({ object }) => {
    const causes = presetCauses(object)
    const webhook = 'virtualmachinepreset-validator.kubevirt.io'
    if (causes.length > 0) throw statusErrors.deniedByWebhook(webhook, causes)
  },
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
