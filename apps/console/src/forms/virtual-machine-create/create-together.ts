import { RESOURCES, type KubernetesObject, type ResourceRef } from '@virtdeck/kubernetes'
import type { VirtualMachine } from '@virtdeck/kubevirt'
import type { kubernetes } from '../../live/kubernetes.ts'

type Writer = Pick<typeof kubernetes, 'create' | 'remove' | 'mergePatch'>

/** What the wizard makes beside the VM. */
const RESOURCE_OF: Record<string, ResourceRef> = {
  ConfigMap: RESOURCES.configMaps,
  VirtualMachine: RESOURCES.virtualMachines,
}

const targetOf = ({ metadata }: KubernetesObject) => ({
  namespace: metadata?.namespace,
  name: metadata?.name ?? '',
})

/**
 * Creates the VM and what it refers to, all at once. If one of them is refused, those that were
 * made are deleted again, so that another try starts from nothing; rejects with the refusal.
 * The others go with the VM when it is deleted.
 */
export async function createTogether(
  objects: readonly KubernetesObject[],
  { create, remove, mergePatch }: Writer,
): Promise<VirtualMachine> {
  const resourceOf = ({ kind = '' }: KubernetesObject) =>
    RESOURCE_OF[kind] ?? RESOURCES.virtualMachines
  const outcomes = await Promise.allSettled(
    objects.map((object) => create(resourceOf(object), object)),
  )
  const created = outcomes.flatMap((outcome) =>
    outcome.status === 'fulfilled' ? [outcome.value] : [],
  )
  const refused = outcomes.find((outcome) => outcome.status === 'rejected')
  if (refused) {
    await Promise.all(
      created.map((object) =>
        remove(resourceOf(object), targetOf(object), object.metadata?.uid),
      ),
    )
    throw refused.reason
  }
  const virtualMachine = created.at(-1) as VirtualMachine
  const { name = '', uid = '' } = virtualMachine.metadata ?? {}
  const owner = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name, uid }
  await Promise.all(
    created.slice(0, -1).map((object) =>
      mergePatch(resourceOf(object), targetOf(object), {
        metadata: { ownerReferences: [owner] },
      }),
    ),
  )
  return virtualMachine
}
