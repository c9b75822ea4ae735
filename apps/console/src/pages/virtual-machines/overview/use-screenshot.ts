import { useQuery } from '@tanstack/react-query'
import { ApiError } from '../../../live/api-error.ts'
import { readInstanceSubresource } from './instance-subresource.ts'

const REFRESH_MS = 10_000

/** A picture of the guest's screen, taken anew while somebody looks; undefined without one. */
export function useScreenshot(target: {
  namespace: string
  name: string
  isRunning: boolean
}): Blob | undefined {
  const { namespace, name, isRunning } = target
  const { data } = useQuery({
    queryKey: ['screenshot', namespace, name],
    queryFn: async ({ signal }) => {
      const what = { namespace, name, subresource: 'vnc/screenshot' }
      try {
        return await (await readInstanceSubresource(what, signal)).blob()
      } catch (error) {
        // Older clusters have none, the user may not see it, or there is no screen: no picture.
        if (error instanceof ApiError && error.status !== 401) return null
        throw error
      }
    },
    enabled: isRunning,
    refetchInterval: REFRESH_MS,
    gcTime: 0,
  })
  return isRunning ? (data ?? undefined) : undefined
}
