import { privateRoutes } from '@virtdeck/bff-contract'
import { virtualMachineSubresourcePath } from '@virtdeck/kubernetes'
import { request } from '../../../live/request.ts'

/** Reads a subresource of a VMI; virt-api turns clients away that accept JSON only. */
export function readInstanceSubresource(
  target: { namespace: string; name: string; subresource: string },
  signal: AbortSignal,
): Promise<Response> {
  const path = virtualMachineSubresourcePath({ resource: 'virtualmachineinstances', ...target })
  return request(`${privateRoutes.kubernetes}${path}`, { accept: '*/*', signal })
}
