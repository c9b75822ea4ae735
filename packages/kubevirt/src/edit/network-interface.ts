import { z } from 'zod'
import { networkingValues, type NicValues } from '../create/networking-values.ts'
import { editNics, templateNics } from '../templates/edit-nics.ts'
import type { VirtualMachine } from '../types.ts'
import type { EditItem } from './item.ts'

/** The wizard's form, as far as the fields of a NIC look at it. */
export interface NicEditValues {
  general: { namespace: string; name: string; preference: string }
  networking: { nics: NicValues[]; bootNic: string }
}

/** F-32: one NIC of a VM, among the others: their names, networks and addresses are taken. */
export const networkInterfaceItem = (index: number): EditItem<NicEditValues> => ({
  schema: z.object({ networking: networkingValues }),
  read: (virtualMachine) => ({
    general: {
      namespace: virtualMachine.metadata?.namespace ?? '',
      name: virtualMachine.metadata?.name ?? '',
      preference: virtualMachine.spec.preference?.name ?? '',
    },
    networking: { nics: templateNics(virtualMachine), bootNic: '' },
  }),
  write: (virtualMachine, { networking }) => {
    const before = templateNics(virtualMachine)[index]
    const row = networking.nics[index]
    if (!before || !row) return
    Object.assign(virtualMachine, editNics(virtualMachine, { kind: 'change', before, row }))
  },
  places: [
    [/interfaces\[\d+\]\.macAddress/, at(index, 'macAddress')],
    [/interfaces\[\d+\]\.model/, at(index, 'model')],
    [/interfaces\[\d+\]/, at(index, 'name')],
    [/networks\[\d+\]/, at(index, 'network')],
  ],
})

function at(index: number, field: keyof NicValues): string {
  return `networking.nics.${index}.${field}`
}

export type LinkIntent = 'up' | 'down'

/** A VM with the cable of one of its NICs pulled or plugged; KubeVirt does it to running guests. */
export function withLink(
  virtualMachine: VirtualMachine,
  name: string,
  link: LinkIntent,
): VirtualMachine {
  const changed = structuredClone(virtualMachine)
  const devices = changed.spec.template.spec?.domain.devices
  for (const nic of devices?.interfaces ?? []) if (nic.name === name) nic.state = link
  return changed
}
