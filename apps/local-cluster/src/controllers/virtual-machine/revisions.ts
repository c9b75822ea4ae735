import type { IoK8sApiAppsV1ControllerRevision as ControllerRevision } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { ownerReferenceTo, RESOURCES, type KubernetesClient } from '@virtdeck/kubernetes'
import { failedWith, unlessGone } from '../controller.ts'
import type { VirtualMachine, VirtualMachineInstance } from '../informers.ts'
import { revisionName } from './new-instance.ts'

/** Keeps what the VM is started from, so that later edits can be told from it. */
export async function createRevision(
  client: KubernetesClient,
  virtualMachine: VirtualMachine,
): Promise<void> {
  const { namespace = '', uid = '', generation = 1 } = virtualMachine.metadata ?? {}
  const revision: ControllerRevision = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: revisionName(virtualMachine),
      namespace,
      ownerReferences: [ownerReferenceTo(virtualMachine)],
      labels: { 'kubevirt.io/vm-uid': uid },
    },
    data: { spec: virtualMachine.spec } as ControllerRevision['data'],
    revision: generation,
  } as ControllerRevision
  try {
    await client.create(RESOURCES.controllerRevisions, revision)
  } catch (error) {
    if (!failedWith(error, 409)) throw error
  }
}

/** Deletes a revision that no instance needs any more. */
export async function deleteRevision(
  client: KubernetesClient,
  { metadata, status }: VirtualMachineInstance,
): Promise<void> {
  const name = status?.virtualMachineRevisionName
  if (!name) return
  const target = { namespace: metadata?.namespace, name }
  await unlessGone(client.delete(RESOURCES.controllerRevisions, target))
}

/** The spec that the running instance was started from; undefined if it is not known. */
export async function startedFrom(
  client: KubernetesClient,
  instance: VirtualMachineInstance,
): Promise<VirtualMachine['spec'] | undefined> {
  const name = instance.status?.virtualMachineRevisionName
  if (!name) return undefined
  try {
    const target = { namespace: instance.metadata?.namespace, name }
    const revision = await client.get<ControllerRevision>(RESOURCES.controllerRevisions, target)
    const { spec } = (revision.data ?? {}) as { spec?: VirtualMachine['spec'] }
    return spec
  } catch (error) {
    if (failedWith(error, 404)) return undefined
    throw error
  }
}
