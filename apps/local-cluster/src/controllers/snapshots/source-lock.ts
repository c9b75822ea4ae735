import { RESOURCES, type KubernetesClient, type KubernetesObject } from '@virtdeck/kubernetes'
import { failedWith, unlessGone } from '../controller.ts'
import { addFinalizer, removeFinalizer } from '../finalizers.ts'
import type { VirtualMachine } from '../informers.ts'

const FINALIZER = 'snapshot.kubevirt.io/snapshot-source-protection'

/** One snapshot at a time works on a VM; the VM names it, and virt-api guards it meanwhile. */
export function sourceLock(client: KubernetesClient) {
  const resource = RESOURCES.virtualMachines

  async function write(
    { metadata }: VirtualMachine,
    snapshotInProgress: string | null,
  ): Promise<void> {
    const { namespace, name, resourceVersion } = metadata ?? {}
    const patch = { metadata: { resourceVersion }, status: { snapshotInProgress } }
    const options = { subresource: 'status' }
    await unlessGone(client.patch(resource, { namespace, name }, patch, options))
  }

  const isHeldBy = ({ status }: VirtualMachine, { metadata }: KubernetesObject): boolean =>
    status?.snapshotInProgress !== undefined && status.snapshotInProgress === metadata?.name

  return {
    isHeldBy,
    take: async (virtualMachine: VirtualMachine, snapshot: KubernetesObject): Promise<void> => {
      if (virtualMachine.status?.snapshotInProgress) return
      const held = { object: virtualMachine, finalizer: FINALIZER }
      const object = await addFinalizer(client, resource, held)
      await write(object, snapshot.metadata?.name ?? '')
    },
    release: async (
      virtualMachine: VirtualMachine | undefined,
      snapshot: KubernetesObject,
    ): Promise<void> => {
      if (!virtualMachine || !isHeldBy(virtualMachine, snapshot)) return
      await write(virtualMachine, null)
      const { namespace, name } = virtualMachine.metadata ?? {}
      try {
        const object = await client.get<VirtualMachine>(resource, { namespace, name })
        await removeFinalizer(client, resource, { object, finalizer: FINALIZER })
      } catch (error) {
        if (!failedWith(error, 404)) throw error
      }
    },
  }
}
