import { z } from 'zod'
import { effectiveRunStrategy } from '../actions/virtual-machine-state.ts'
import { hostnameFindings } from '../validation/names.ts'
import { checked } from '../validation/problem.ts'
import { instanceSpecOf } from './instance-spec-of.ts'
import type { EditItem } from './item.ts'

export const EVICTION_STRATEGIES = [
  'LiveMigrate',
  'LiveMigrateIfPossible',
  'None',
  'External',
] as const

/** F-74: nothing = what the cluster says. */
export const evictionStrategyItem: EditItem<{ evictionStrategy: string }> = {
  schema: z.object({ evictionStrategy: z.enum(['', ...EVICTION_STRATEGIES]) }),
  read: ({ spec }) => ({ evictionStrategy: spec.template?.spec?.evictionStrategy ?? '' }),
  write: (virtualMachine, { evictionStrategy }) => {
    const spec = instanceSpecOf(virtualMachine)
    delete spec.evictionStrategy
    if (evictionStrategy !== '') spec.evictionStrategy = evictionStrategy
  },
  places: [[/evictionStrategy/, 'evictionStrategy']],
}

export const RUN_STRATEGIES = ['Always', 'RerunOnFailure', 'Once', 'Manual', 'Halted'] as const

export const runStrategyItem: EditItem<{ runStrategy: string }> = {
  schema: z.object({ runStrategy: z.string() }),
  read: (virtualMachine) => ({ runStrategy: effectiveRunStrategy(virtualMachine) }),
  write: ({ spec }, { runStrategy }) => {
    // KubeVirt takes one or the other.
    delete spec.running
    spec.runStrategy = runStrategy
  },
  places: [[/runStrategy|running/, 'runStrategy']],
}

/** Nothing = the VM's name. */
export const hostnameItem: EditItem<{ hostname: string }> = {
  schema: z.object({ hostname: checked(hostnameFindings) }),
  read: ({ spec }) => ({ hostname: spec.template?.spec?.hostname ?? '' }),
  write: (virtualMachine, { hostname }) => {
    const spec = instanceSpecOf(virtualMachine)
    delete spec.hostname
    if (hostname !== '') spec.hostname = hostname
  },
  places: [[/hostname/, 'hostname']],
}
