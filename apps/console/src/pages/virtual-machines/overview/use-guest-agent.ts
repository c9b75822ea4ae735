import type { V1VirtualMachineInstanceGuestAgentInfo } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { useQuery } from '@tanstack/react-query'
import { hasCondition } from '@virtdeck/kubevirt'
import type { ApiError } from '../../../live/api-error.ts'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import { readInstanceSubresource } from './instance-subresource.ts'

export type GuestAgentInfo = V1VirtualMachineInstanceGuestAgentInfo

const REFRESH_MS = 15_000

/** What the guest says about itself, where its agent is connected; a paused guest says nothing. */
export function useGuestAgent({ virtualMachine, instance }: VirtualMachineContext) {
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const isConnected = hasCondition(instance ?? undefined, 'AgentConnected', {
    status: 'True',
  })
  const isPaused = hasCondition(instance ?? undefined, 'Paused', { status: 'True' })
  const { data, error } = useQuery<GuestAgentInfo, ApiError>({
    queryKey: ['guest-agent', namespace, name],
    queryFn: async ({ signal }) => {
      const subresource = 'guestosinfo'
      const response = await readInstanceSubresource({ namespace, name, subresource }, signal)
      return (await response.json()) as GuestAgentInfo
    },
    enabled: isConnected && !isPaused,
    refetchInterval: REFRESH_MS,
  })
  return { isConnected, isPaused, data, error }
}
