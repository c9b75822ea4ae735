import { brokenRules } from '../templates/validation-rules.ts'
import type { VirtualMachine } from '../types.ts'
import { placeOfCause } from './server-causes.ts'
import { virtualMachineManifest } from './to-manifests.ts'
import type { VirtualMachineCreateValues } from './values.ts'

/** A rule of the chosen template that the choices break, at the field where to mend it. */
export interface BrokenTemplateRule {
  path: string
  /** The template's own words. */
  message: string
  isWarning: boolean
}

/** F-10: what the template's validations say to the choices made so far. */
export function brokenTemplateRules(
  values: VirtualMachineCreateValues,
  base: VirtualMachine,
): BrokenTemplateRule[] {
  const virtualMachine = virtualMachineManifest(values, { base })
  return brokenRules(virtualMachine).map(({ field, message, name, isWarning }) => {
    // A rule for each of a list is mended at the first one.
    const cause = { field: `spec.template.${field.replaceAll('[*]', '[0]')}` }
    const place = placeOfCause(cause, { values, virtualMachine }) ?? 'general.template'
    return { path: shownPlace(place, values), message: message || name, isWarning }
  })
}

/** CPUs and memory have fields of their own for a custom size only. */
function shownPlace(place: string, { general }: VirtualMachineCreateValues): string {
  const isSize = place === 'general.cpus' || place.startsWith('general.memory')
  return isSize && general.flavor !== 'custom' ? 'general.flavor' : place
}
