import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'
import { endSession } from './session.ts'

export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) endSession(queryClient)
  }
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // What the server refused it refuses again; only lost connections are worth a retry.
        retry: (count, error) =>
          count < 3 && error instanceof ApiError && [0, 502, 503, 504].includes(error.status),
        refetchOnWindowFocus: false,
      },
    },
  })
  return queryClient
}
