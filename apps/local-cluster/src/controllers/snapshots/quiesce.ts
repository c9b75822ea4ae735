import { hasCondition } from '@virtdeck/kubevirt'
import { virtualMachineSubresourcePath, type KubernetesClient } from '@virtdeck/kubernetes'
import type { VirtualMachineInstance } from '../informers.ts'

/** Asks the guest agent; without one nobody does. Returns why it did not work. */
export async function quiesce(
  client: KubernetesClient,
  instance: VirtualMachineInstance,
  subresource: 'freeze' | 'unfreeze',
): Promise<string | undefined> {
  const connected = hasCondition(instance, 'AgentConnected', { status: 'True' })
  if (!connected || hasCondition(instance, 'Paused', { status: 'True' })) return undefined
  const { namespace = '', name = '' } = instance.metadata ?? {}
  const resource = 'virtualmachineinstances'
  const path = virtualMachineSubresourcePath({ resource, namespace, name, subresource })
  const headers = { accept: '*/*', 'content-type': 'application/json' }
  const body = JSON.stringify(subresource === 'freeze' ? { unfreezeTimeout: '5m0s' } : {})
  try {
    await client.request({ method: 'PUT', path, headers, body })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
