import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, type MachineSpec } from './cause.ts'

/** Fields of the VMI template that an instance type owns. */
const OWNED = [
  'domain.cpu.cores',
  'domain.cpu.sockets',
  'domain.cpu.threads',
  'domain.memory.guest',
  'domain.resources.requests.memory',
  'domain.resources.requests.cpu',
  'domain.resources.limits.memory',
  'domain.resources.limits.cpu',
]

export function instancetypeRules(field: string, spec: MachineSpec): StatusCause[] {
  if (!spec.instancetype) return []
  return OWNED.filter((path) => read(spec.template.spec, path)).map((path) => {
    const at = `${field}.template.spec.${path}`
    return cause(at, `VM field(s) ${at} conflicts with selected instance type`)
  })
}

function read(object: unknown, path: string): unknown {
  let value = object
  for (const step of path.split('.')) {
    value = (value as Record<string, unknown> | undefined)?.[step]
    if (value === undefined || value === null) return undefined
  }
  return value
}
