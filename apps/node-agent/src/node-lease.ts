import type { IoK8sApiCoordinationV1Lease as Lease } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES, StatusError, type KubernetesClient } from '@virtdeck/kubernetes'

const NAMESPACE = 'kube-node-lease'
const DURATION_SECONDS = 40

/** A kubelet's second sign of life, which `kubectl describe node` shows. */
export async function renewLease(client: KubernetesClient, nodeName: string): Promise<void> {
  const spec = {
    holderIdentity: nodeName,
    leaseDurationSeconds: DURATION_SECONDS,
    renewTime: new Date().toISOString().replace('Z', '000Z'),
  }
  try {
    await client.patch(RESOURCES.leases, { namespace: NAMESPACE, name: nodeName }, { spec })
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 404) throw error
    await client.create<Lease>(RESOURCES.leases, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { namespace: NAMESPACE, name: nodeName },
      spec,
    })
  }
}
