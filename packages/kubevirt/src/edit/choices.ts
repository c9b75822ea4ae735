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

export interface InstancetypeValues {
  /** In the shape of the wizard's values, whose field it is. */
  general: { namespace: string; instancetype: string }
}

const chosen = z.string().min(1)

/** `VirtualMachineClusterInstancetype/u1.small`: the kind and the name. */
export const instancetypeItem: EditItem<InstancetypeValues> = {
  schema: z.object({ general: z.object({ namespace: z.string(), instancetype: chosen }) }),
  read: ({ metadata, spec }) => ({
    general: {
      namespace: metadata?.namespace ?? '',
      instancetype: spec.instancetype?.name
        ? `${spec.instancetype.kind ?? 'VirtualMachineClusterInstancetype'}/${spec.instancetype.name}`
        : '',
    },
  }),
  write: ({ spec }, { general }) => {
    const [kind = '', name = ''] = general.instancetype.split('/')
    // The kept revision is the old one's.
    spec.instancetype = { kind, name }
  },
  places: [[/instancetype|cpu|memory/, 'general.instancetype']],
}
