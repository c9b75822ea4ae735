import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf, type MachineSpec } from './cause.ts'

const RUN_STRATEGIES = new Set([
  'Halted',
  'Manual',
  'Always',
  'RerunOnFailure',
  'Once',
  'WaitAsReceiver',
])

export function runStrategyRules(field: string, spec: MachineSpec): StatusCause[] {
  const { running, runStrategy } = spec
  return [
    ...causeIf(
      running !== undefined && runStrategy !== undefined,
      `${field}.running`,
      'Running and RunStrategy are mutually exclusive. Note that Running is deprecated, please use RunStrategy instead',
    ),
    ...causeIf(
      running === undefined && runStrategy === undefined,
      `${field}.running`,
      'RunStrategy must be specified',
    ),
    ...(runStrategy === undefined || RUN_STRATEGIES.has(runStrategy)
      ? []
      : [cause(`${field}.runStrategy`, `Invalid RunStrategy (${runStrategy})`)]),
  ]
}
