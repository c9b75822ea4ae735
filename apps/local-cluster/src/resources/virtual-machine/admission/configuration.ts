import type {
  V1KubeVirt as KubeVirt,
  V1KubeVirtConfiguration as Configuration,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { AdmissionRequest } from '../../../registry.ts'

/** What rules ask of the KubeVirt object: administrators switch features on there. */
export interface ClusterConfiguration {
  featureGates: ReadonlySet<string>
  liveUpdate: boolean
  bridgeOnPodNetwork: boolean
}

export const DEFAULT_CONFIGURATION: ClusterConfiguration = {
  featureGates: new Set(),
  liveUpdate: false,
  bridgeOnPodNetwork: true,
}

export function configurationOf({
  lookupAll,
}: Pick<AdmissionRequest, 'lookupAll'>): ClusterConfiguration {
  const [kubeVirt] = [...(lookupAll?.('kubevirts.kubevirt.io', undefined) ?? [])] as KubeVirt[]
  // The published type spells it `_configuration`.
  const { configuration } = (kubeVirt?.spec ?? {}) as { configuration?: Configuration }
  if (!configuration) return DEFAULT_CONFIGURATION
  const { developerConfiguration, network, vmRolloutStrategy } = configuration
  return {
    featureGates: new Set(developerConfiguration?.featureGates),
    liveUpdate: vmRolloutStrategy === 'LiveUpdate',
    bridgeOnPodNetwork: network?.permitBridgeInterfaceOnPodNetwork !== false,
  }
}
