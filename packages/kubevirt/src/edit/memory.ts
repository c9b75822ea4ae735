import { parseQuantity } from '@virtdeck/kubernetes'
import { z } from 'zod'
import { memoryRequestOf, sizeOfFlavor } from '../create/flavors.ts'
import { finding, report } from '../validation/problem.ts'
import { MEMORY_UNITS, memoryFindings, type MemoryUnit } from '../validation/quantities.ts'
import { instanceSpecOf } from './instance-spec-of.ts'
import type { EditItem } from './item.ts'

const memoryValues = z
  .object({
    memory: z.string(),
    memoryUnit: z.enum(['Mi', 'Gi']),
    /** F-35: less than the guest sees, in the same unit; nothing = as much. */
    memoryRequest: z.string(),
    overcommitGuestOverhead: z.boolean(),
  })
  .superRefine(({ memory, memoryUnit, memoryRequest }, context) => {
    report(context, ['memory'], memoryFindings(memory, memoryUnit))
    if (memoryRequest === '') return
    const findings = memoryFindings(memoryRequest, memoryUnit)
    const isAbove = findings.length === 0 && Number(memoryRequest) > Number(memory)
    report(
      context,
      ['memoryRequest'],
      [...findings, ...finding(isAbove, 'memory.requestAboveGuest')],
    )
  })
export type MemoryValues = z.infer<typeof memoryValues>

const amount = (bytes: number, unit: MemoryUnit): string =>
  String(Number((bytes / MEMORY_UNITS[unit]).toFixed(3)))

export const memoryItem: EditItem<MemoryValues> = {
  schema: memoryValues,
  read: (virtualMachine) => {
    const { memory, resources } = virtualMachine.spec.template?.spec?.domain ?? {}
    const request: string | undefined = resources?.requests?.['memory']
    const guest: string | undefined = memory?.guest ?? request ?? resources?.limits?.['memory']
    const bytes = parseQuantity(guest ?? '') ?? 0
    const requested = parseQuantity(request ?? '') ?? bytes
    const fitsGi = [bytes, requested].every((value) => value % MEMORY_UNITS.Gi === 0)
    const memoryUnit: MemoryUnit = fitsGi ? 'Gi' : 'Mi'
    return {
      memory: guest === undefined ? '' : amount(bytes, memoryUnit),
      memoryUnit,
      memoryRequest: requested === bytes ? '' : amount(requested, memoryUnit),
      overcommitGuestOverhead: resources?.overcommitGuestOverhead ?? false,
    }
  },
  write: (virtualMachine, values) => {
    const { domain } = instanceSpecOf(virtualMachine)
    const before = memoryItem.read(virtualMachine)
    const sized = { ...values, flavor: 'custom', cpus: '1' } as const
    const isSame = before.memory === values.memory && before.memoryUnit === values.memoryUnit
    // A size that nobody touched stays in the words that it was written in.
    if (!isSame || !domain.memory?.guest) {
      domain.memory = { ...domain.memory, guest: sizeOfFlavor(sized).memory }
    }
    const { overcommitGuestOverhead: _overhead, requests, ...others } = domain.resources ?? {}
    const { memory: _memory, ...otherRequests } = requests ?? {}
    const memory = memoryRequestOf(sized)
    const asked = { ...otherRequests, ...(memory !== undefined && { memory }) }
    domain.resources = {
      ...others,
      ...(Object.keys(asked).length > 0 && { requests: asked }),
      ...(values.overcommitGuestOverhead && { overcommitGuestOverhead: true }),
    }
  },
  places: [
    [/requests\.memory/, 'memoryRequest'],
    [/overcommitGuestOverhead/, 'overcommitGuestOverhead'],
    [/memory/, 'memory'],
  ],
}
