import { isFinal } from '@virtdeck/kubevirt'
import { RESOURCES, type KubernetesClient } from '@virtdeck/kubernetes'
import type { VirtualMachine, VirtualMachineInstance } from '../informers.ts'
import { differences } from '../merge-patch.ts'
import { templateChange } from './live-update.ts'
import { VM_GENERATION } from './names.ts'
import { startedFrom } from './revisions.ts'

/**
 * Brings edits of the template to the instance where that is possible; returns why it has to be
 * restarted for the others. Edits that need none move it on to the VM's generation.
 */
export async function followTemplate(
  client: KubernetesClient,
  virtualMachine: VirtualMachine,
  instance: VirtualMachineInstance | undefined,
): Promise<{ instance: VirtualMachineInstance | undefined; restart: string | undefined }> {
  const unchanged = { instance, restart: undefined }
  if (!instance || isFinal(instance) || instance.metadata?.deletionTimestamp) return unchanged
  const generation = String(virtualMachine.metadata?.generation ?? 1)
  if (instance.metadata?.annotations?.[VM_GENERATION] === generation) return unchanged
  const before = await startedFrom(client, instance)
  const { restart, live } = before
    ? templateChange(before, virtualMachine.spec, instance)
    : { restart: undefined, live: undefined }
  if (restart !== undefined && !live) return { instance, restart }
  const moved = restart === undefined ? { annotations: { [VM_GENERATION]: generation } } : {}
  const spec = live && differences(instance.spec, live)
  const { namespace, name, resourceVersion } = instance.metadata ?? {}
  const patched = await client.patch<VirtualMachineInstance>(
    RESOURCES.virtualMachineInstances,
    { namespace, name },
    // Lists are written as wholes: never over a volume that was plugged in meanwhile.
    { metadata: { ...moved, resourceVersion }, ...(spec && { spec }) },
  )
  return { instance: patched, restart }
}
