import { z } from 'zod'

/** What a VM uses at one time; a figure that nobody knows is left out. */
export const metricsSample = z.object({
  /** Milliseconds since the epoch. */
  time: z.number(),
  cpuMillicores: z.number().optional(),
  /** In use within the guest, where it tells; else what its process holds on the node. */
  memoryBytes: z.number().optional(),
  storageReadBytesPerSecond: z.number().optional(),
  storageWriteBytesPerSecond: z.number().optional(),
  storageReadsPerSecond: z.number().optional(),
  storageWritesPerSecond: z.number().optional(),
  networkReceiveBytesPerSecond: z.number().optional(),
  networkTransmitBytesPerSecond: z.number().optional(),
})
export type MetricsSample = z.infer<typeof metricsSample>

/** Where the figures come from; pod metrics know CPU and memory only. */
export const metricsSource = z.enum(['virt-handler', 'pod-metrics'])
export type MetricsSource = z.infer<typeof metricsSource>

export const metricsRange = z.enum(['5m', '1h', '6h', '24h'])
export type MetricsRange = z.infer<typeof metricsRange>

export const metricsHistoryParameters = z.object({
  namespace: z.string().min(1),
  name: z.string().min(1),
})
export const metricsHistoryQuery = z.strictObject({ range: metricsRange })

const origin = {
  /** Left out: no figures can be had, for the reason in `message`. */
  source: metricsSource.optional(),
  message: z.string().optional(),
}

/** One VM over a time: a sample is the mean of its step. */
export const metricsHistory = z.object({
  ...origin,
  stepSeconds: z.number(),
  /** Milliseconds since the epoch; left out before anything was collected of this VM. */
  collectedSince: z.number().optional(),
  samples: z.array(metricsSample),
})
export type MetricsHistory = z.infer<typeof metricsHistory>

/** Virtual machines as `namespace/name`. */
export const latestMetricsRequest = z.strictObject({
  virtualMachines: z
    .array(z.string().regex(/^[^/]+\/[^/]+$/))
    .min(1)
    .max(200),
})
export type LatestMetricsRequest = z.infer<typeof latestMetricsRequest>

/** The newest sample of each; without those that do not run or may not be read. */
export const latestMetrics = z.object({
  ...origin,
  samples: z.record(z.string(), metricsSample),
})
export type LatestMetrics = z.infer<typeof latestMetrics>
