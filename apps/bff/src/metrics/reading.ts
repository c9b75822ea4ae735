/** What is known of a VM's guest at one moment. */
export interface Reading {
  /** `namespace/name` */
  key: string
  /** Who counts: counters of different nodes do not continue each other. */
  node: string
  cpuSeconds?: number
  cpuMillicores?: number
  memoryBytes?: number
  storageReadBytes?: number
  storageWriteBytes?: number
  storageReads?: number
  storageWrites?: number
  networkReceiveBytes?: number
  networkTransmitBytes?: number
}

export const FIGURES = [
  'cpuMillicores',
  'memoryBytes',
  'storageReadBytesPerSecond',
  'storageWriteBytesPerSecond',
  'storageReadsPerSecond',
  'storageWritesPerSecond',
  'networkReceiveBytesPerSecond',
  'networkTransmitBytesPerSecond',
] as const
/** A figure that is not known is left out. */
export type Figures = Partial<Record<(typeof FIGURES)[number], number>>
