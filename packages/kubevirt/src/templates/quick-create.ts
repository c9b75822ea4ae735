import type { KubernetesObject } from '@virtdeck/kubernetes'
import { NAME_PARAMETER, namedBase, withName } from '../create/named-base.ts'
import type { VirtualMachine } from '../types.ts'
import { isVirtualMachine, type Template, type TemplateParameter } from './template.ts'

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
export const parametersToAsk = ({ parameters = [] }: Template): TemplateParameter[] =>
  parameters.filter(
    ({ name, required, value, generate }) =>
      required && name !== NAME_PARAMETER && !value && !generate,
  )

/** What a template makes beside its VM, such as the answer file of a Windows guest. */
export function besideVirtualMachine(
  objects: readonly KubernetesObject[],
  { namespace, name }: Pick<QuickCreateValues, 'namespace' | 'name'>,
): KubernetesObject[] {
  return objects
    .filter((object) => !isVirtualMachine(object))
    .map((object) => {
      const named = withName(object, name)
      return { ...named, metadata: { ...named.metadata, namespace } }
    })
}
