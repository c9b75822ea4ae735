import type { MetricsSample, VirtualMachineRow } from '@virtdeck/bff-contract'

export type UsageKind = 'cpu' | 'memory'

interface Usage {
  /** Millicores or bytes. */
  used: number
  of: number
  /** Left out where the VM's size is not known. Above 1 where the hypervisor is counted too. */
  share?: number
}

/** What a VM uses of one thing; undefined = nobody knows, which is not nothing. */
export function usageOf(options: {
  row: Pick<VirtualMachineRow, 'cpus' | 'memory' | 'node'>
  kind: UsageKind
  sample: MetricsSample | undefined
}): Usage | undefined {
  const { row, kind, sample } = options
  // Its last sample may outlive a VM that was just stopped.
  if (row.node === undefined) return undefined
  const used = kind === 'cpu' ? sample?.cpuMillicores : sample?.memoryBytes
  if (used === undefined) return undefined
  const of = kind === 'cpu' ? row.cpus * 1_000 : (row.memory ?? 0)
  return { used, of, ...(of > 0 && { share: used / of }) }
}
