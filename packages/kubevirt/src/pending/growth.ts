import { parseQuantity } from '@virtdeck/kubernetes'
import { hasCondition } from '../status/conditions.ts'
import type { VirtualMachineInstance } from '../types.ts'

/** What a running guest can be given without a restart. */
export interface Growth {
  /** Up to so many sockets. */
  maxSockets: number | undefined
  /** Up to so much memory, a quantity. */
  maxMemory: string | undefined
}

/**
 * KubeVirt's rollout strategy LiveUpdate: guests that can migrate get sockets and memory by being
 * migrated, up to the limits that were set when they were started. Without limits there is no room.
 */
export function growthOf(instance: VirtualMachineInstance | null | undefined): Growth {
  const { cpu, memory } = instance?.spec.domain ?? {}
  if (!hasCondition(instance ?? undefined, 'LiveMigratable', { status: 'True' })) {
    return { maxSockets: undefined, maxMemory: undefined }
  }
  const bytes = (quantity: string | undefined) => parseQuantity(quantity ?? '') ?? 0
  const { maxSockets, sockets = 1 } = cpu ?? {}
  const { maxGuest, guest } = memory ?? {}
  return {
    maxSockets: (maxSockets ?? 0) > sockets ? maxSockets : undefined,
    maxMemory: bytes(maxGuest) > bytes(guest) ? maxGuest : undefined,
  }
}
