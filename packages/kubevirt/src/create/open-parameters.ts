import { parametersToAsk } from '../templates/quick-create.ts'
import type { ChosenTemplate } from './from-template.ts'
import { virtualMachineManifest } from './to-manifests.ts'
import type { VirtualMachineCreateValues } from './values.ts'

/**
 * Parameters that only a person can give a value, and that no field of the wizard has replaced:
 * the VM would have `${LICENCE}` in it.
 */
export function openParameters(
  values: VirtualMachineCreateValues,
  { template, base }: ChosenTemplate,
): string[] {
  const asked = parametersToAsk(template)
  // Most templates ask for none, and this is asked at every key.
  if (asked.length === 0) return []
  const text = JSON.stringify(virtualMachineManifest(values, { base }))
  const isOpen = (name: string) =>
    text.includes(`\${${name}}`) || text.includes(`\${{${name}}}`)
  return asked.map(({ name }) => name).filter(isOpen)
}
