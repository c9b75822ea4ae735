import type { LatestMetrics } from '@virtdeck/bff-contract'
import { createContext, use } from 'react'

/** Beside the rows, so that new figures render their cells only. */
export const UsageContext = createContext<LatestMetrics | undefined>(undefined)

export const useUsage = (): LatestMetrics | undefined => use(UsageContext)
