import { useQueries } from '@tanstack/react-query'
import { accessAnswer, privateRoutes, type AccessCheck } from '@virtdeck/bff-contract'
import { createBatcher } from './batcher.ts'
import { requestJson } from './request.ts'

export interface Access {
  /** undefined while the answer is awaited. */
  allowed: boolean | undefined
  reason?: string | undefined
}

/** As many as the BFF takes in one request. */
const BATCH_SIZE = 100

const ask = createBatcher<AccessCheck, Access>({
  limit: BATCH_SIZE,
  load: async (checks) => {
    const { results } = await requestJson(privateRoutes.access, {
      method: 'POST',
      body: { checks },
      parse: accessAnswer.parse,
    })
    return results
  },
})

/**
 * Whether the user may do these things, in the order of the checks. All checks that one
 * render asks for, wherever they are, travel in one request; answers are kept for a minute.
 */
export function useAccess(checks: readonly AccessCheck[]): Access[] {
  return useQueries({
    queries: checks.map((check) => ({
      queryKey: ['access', check],
      queryFn: () => ask(check),
      staleTime: 60_000,
    })),
    combine: (results) =>
      results.map(({ data, error }): Access => {
        if (data) return data
        return error ? { allowed: false, reason: error.message } : { allowed: undefined }
      }),
  })
}
