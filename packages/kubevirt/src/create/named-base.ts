import type { VirtualMachine } from '../types.ts'

/** The parameter of common templates that stands for the VM's name. */
export const NAME_PARAMETER = 'NAME'

/**
 * A template's VM under its name. The name is filled in last of all parameters, for it can
 * still change when all others have their values.
 */
export const namedBase = (base: VirtualMachine, name: string): VirtualMachine =>
  withName(base, name)

/** Any object of a template under the name of its VM. */
export function withName<Named extends object>(base: Named, name: string): Named {
  const text = JSON.stringify(base)
  const placeholder = `\${${NAME_PARAMETER}}`
  if (!text.includes(placeholder)) return base
  // Inside of texts, whatever was typed so far.
  const escaped = JSON.stringify(name).slice(1, -1)
  return JSON.parse(text.replaceAll(placeholder, () => escaped)) as Named
}
