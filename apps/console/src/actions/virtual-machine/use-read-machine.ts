import { useQuery } from '@tanstack/react-query'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { VirtualMachine } from '@virtdeck/kubevirt'
import { toApiError, type ApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'

/** The whole VM, read once for a dialog: a row of a list is not enough to decide on. */
export function useReadMachine(target: { namespace: string; name: string }): {
  data: VirtualMachine | undefined
  error: ApiError | undefined
} {
  const { namespace, name } = target
  const { data, error } = useQuery({
    queryKey: ['read-machine', namespace, name],
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: () => kubernetes.get<VirtualMachine>(RESOURCES.virtualMachines, target),
  })
  return { data, error: error ? toApiError(error) : undefined }
}
