import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  latestMetrics,
  privateRoutes,
  type LatestMetrics,
  type MetricsSample,
  type VirtualMachineRow,
} from '@virtdeck/bff-contract'
import type { ApiError } from '../../../live/api-error.ts'
import { requestJson } from '../../../live/request.ts'
import { useSettled } from './use-settled.ts'

/** As often as the BFF collects. */
const REFRESH_MS = 15_000
/** CPU use takes two readings: the second comes sooner. */
const SECOND_READING_MS = 5_000
/** Rows that come and go all the time ask no more often than this. */
const SETTLED_MS = 2_000
/** As many as the BFF answers at once, and as a page has at most. */
const LIMIT = 200

/** What the running VMs of a page use: one question for all of them, at the pace of the answers. */
export function useLatestUsage(
  rows: readonly VirtualMachineRow[],
  isWanted: boolean,
): LatestMetrics | undefined {
  const running = rows.filter(({ node }) => node !== undefined).slice(0, LIMIT)
  const wanted = running.map(({ key }) => key).toSorted()
  const virtualMachines = useSettled(wanted.join(' '), SETTLED_MS).split(' ').filter(Boolean)
  const { data } = useQuery<LatestMetrics, ApiError>({
    queryKey: ['latest-metrics', virtualMachines],
    queryFn: ({ signal }) =>
      requestJson(privateRoutes.latestMetrics, {
        method: 'POST',
        body: { virtualMachines },
        signal,
        parse: latestMetrics.parse,
      }),
    enabled: isWanted && virtualMachines.length > 0,
    refetchInterval: ({ state }) =>
      Object.values(state.data?.samples ?? {}).every(hasCpu) ? REFRESH_MS : SECOND_READING_MS,
    placeholderData: keepPreviousData,
    gcTime: REFRESH_MS,
  })
  return data
}

const hasCpu = ({ cpuMillicores }: MetricsSample): boolean => cpuMillicores !== undefined
