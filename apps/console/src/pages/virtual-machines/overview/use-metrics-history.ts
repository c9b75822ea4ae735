import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { metricsHistory, metricsHistoryPath, type MetricsRange } from '@virtdeck/bff-contract'
import type { ApiError } from '../../../live/api-error.ts'
import { requestJson } from '../../../live/request.ts'

/** As often as the BFF collects. */
const REFRESH_MS = 15_000
/** Until there is something to see. */
const IMPATIENT_MS = 3_000

/** What a VM used, kept current while it is looked at. */
export function useMetricsHistory(target: {
  namespace: string
  name: string
  range: MetricsRange
}) {
  return useQuery<ReturnType<typeof metricsHistory.parse>, ApiError>({
    queryKey: ['metrics', target],
    queryFn: ({ signal }) =>
      requestJson(metricsHistoryPath(target), { signal, parse: metricsHistory.parse }),
    refetchInterval: ({ state }) => {
      const { samples = [], source } = state.data ?? {}
      return source && samples.length < 2 ? IMPATIENT_MS : REFRESH_MS
    },
    placeholderData: keepPreviousData,
  })
}
