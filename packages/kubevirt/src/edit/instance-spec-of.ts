import type { VirtualMachine, VirtualMachineInstanceSpec } from '../types.ts'

/** The guest that a VM describes; made where there is none yet. */
export function instanceSpecOf({ spec }: VirtualMachine): VirtualMachineInstanceSpec {
  spec.template ??= {}
  spec.template.spec ??= { domain: { devices: {} } }
  return spec.template.spec
}
