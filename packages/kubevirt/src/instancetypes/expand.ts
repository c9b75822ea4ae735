import { applyInstancetype, spreadProblem } from './apply-instancetype.ts'
import { applyPreference } from './apply-preference.ts'
import { instancetypeConflicts } from './conflicts.ts'
import type { Choices, InstanceSpec } from './types.ts'

export type Expansion =
  | { spec: InstanceSpec; conflicts?: undefined }
  /** Fields that the VM sets although its instance type does. */
  | { spec?: undefined; conflicts: string[] }

/**
 * A VMI's spec with an instance type and a preference written out; `at` is where the spec stands
 * in the messages. The given spec is left as it is.
 */
export function expandInstanceSpec(
  given: InstanceSpec,
  choices: Choices,
  at = 'spec.template.spec',
): Expansion {
  const { instancetype, preference } = choices
  const spec = structuredClone(given)
  if (instancetype) {
    const conflicts = instancetypeConflicts(instancetype, spec, at)
    const spread = spreadProblem(choices)
    if (spread !== undefined) conflicts.push(spread)
    if (conflicts.length > 0) return { conflicts }
    applyInstancetype(spec, structuredClone(instancetype), preference)
  }
  if (preference) applyPreference(spec, structuredClone(preference))
  return { spec }
}
