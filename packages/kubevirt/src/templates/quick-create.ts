import { NAME_PARAMETER, namedBase } from '../create/named-base.ts'
import type { VirtualMachine } from '../types.ts'
import type { Template } from './template.ts'

interface QuickCreateValues {
  namespace: string
  name: string
  start: boolean
}

/** F-60: a template's VM with nothing but a name of its own. */
export function quickCreate(
  base: VirtualMachine,
  { namespace, name, start }: QuickCreateValues,
): VirtualMachine {
  const named = namedBase(base, name)
  // The older way to say whether it runs; both together are refused.
  const { running: _, ...spec } = named.spec
  return {
    ...named,
    metadata: { ...named.metadata, name, namespace },
    spec: { ...spec, runStrategy: start ? 'Always' : 'Halted' },
  }
}

/** Parameters that only a person can give a value: a name alone is not enough then. */
export const parametersToAsk = ({ parameters = [] }: Template): string[] =>
  parameters
    .filter(
      ({ name, required, value, generate }) =>
        required && name !== NAME_PARAMETER && !value && !generate,
    )
    .map(({ name }) => name)
