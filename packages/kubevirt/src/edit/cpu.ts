import { z } from 'zod'
import { checked } from '../validation/problem.ts'
import { cpuFindings } from '../validation/quantities.ts'
import { instanceSpecOf } from './instance-spec-of.ts'
import type { EditItem } from './item.ts'

const count = checked(cpuFindings)
const cpuValues = z.object({
  sockets: count,
  cores: count,
  threads: count,
  /** Host CPUs that no other guest uses. */
  dedicated: z.boolean(),
})
export type CpuValues = z.infer<typeof cpuValues>

export const cpuItem: EditItem<CpuValues> = {
  schema: cpuValues,
  read: (virtualMachine) => {
    const { sockets, cores, threads, dedicatedCpuPlacement } =
      virtualMachine.spec.template?.spec?.domain.cpu ?? {}
    return {
      sockets: String(sockets || 1),
      cores: String(cores || 1),
      threads: String(threads || 1),
      dedicated: dedicatedCpuPlacement ?? false,
    }
  },
  write: (virtualMachine, { sockets, cores, threads, dedicated }) => {
    const { domain } = instanceSpecOf(virtualMachine)
    const { dedicatedCpuPlacement: _dedicated, ...others } = domain.cpu ?? {}
    domain.cpu = {
      ...others,
      sockets: Number(sockets),
      cores: Number(cores),
      threads: Number(threads),
      ...(dedicated && { dedicatedCpuPlacement: true }),
    }
  },
  places: [
    [/cpu\.cores/, 'cores'],
    [/cpu\.threads/, 'threads'],
    [/dedicatedCpuPlacement/, 'dedicated'],
    [/cpu/, 'sockets'],
  ],
}
