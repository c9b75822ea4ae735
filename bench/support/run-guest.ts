import { join } from 'node:path'
import { KubernetesClient, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import { runVirtualMachine } from '../../e2e/support/virtual-machine.ts'

interface PlacedInstance extends KubernetesObject {
  status?: { nodeName?: string }
}

/** Runs a VM in a Virtdeck and resolves with the socket of its screen at the hypervisor. */
export async function runGuest(
  dataDirectory: string,
  target: { namespace: string; name: string },
): Promise<{ vncSocket: string }> {
  const connection = await loadKubeconfig(join(dataDirectory, 'kubeconfig'))
  const cluster = new KubernetesClient(createTransport(connection))
  await runVirtualMachine(cluster, target)
  const { metadata, status } = await cluster.get<PlacedInstance>(
    RESOURCES.virtualMachineInstances,
    target,
  )
  const place = [status?.nodeName ?? '', 'guests', metadata?.uid ?? '']
  return { vncSocket: join(dataDirectory, 'nodes', ...place, 'vnc.sock') }
}
