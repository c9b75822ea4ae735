import { z } from 'zod'
import { isSameMacAddress, macAddressFindings } from '../validation/mac-address.ts'
import { interfaceNameFindings } from '../validation/names.ts'
import { portFindings } from '../validation/quantities.ts'
import { checked, finding, report } from '../validation/problem.ts'

/** The network that every pod has; all others are NetworkAttachmentDefinitions. */
export const POD_NETWORK = 'pod'

const portValues = z.object({
  port: checked(portFindings),
  protocol: z.enum(['TCP', 'UDP']),
})

const nicValues = z
  .object({
    name: checked(interfaceNameFindings),
    /** Nothing = what the preference or the hypervisor chooses. */
    model: z.enum(['', 'virtio', 'e1000e', 'e1000', 'rtl8139']),
    /** `pod`, or a NetworkAttachmentDefinition as `name` or `namespace/name`. */
    network: checked((value) => finding(value === '', 'required')),
    binding: z.enum(['masquerade', 'bridge', 'sriov']),
    macAddress: checked(macAddressFindings),
    /** F-50: the only ports of the guest that can be reached; none = all. Masquerade only. */
    ports: z.array(portValues),
  })
  .superRefine(({ network, binding, ports }, context) => {
    for (const [index, { port, protocol }] of ports.entries()) {
      const isUsed = ports
        .slice(0, index)
        .some((other) => other.port === port && other.protocol === protocol)
      report(context, ['ports', index, 'port'], finding(isUsed, 'port.duplicate', { port }))
    }
    const isRefused = binding === 'masquerade' && network !== POD_NETWORK
    report(context, ['binding'], finding(isRefused, 'network.masquerade'))
    const isPodCard = binding === 'sriov' && network === POD_NETWORK
    report(context, ['binding'], finding(isPodCard, 'network.sriov'))
  })
export type NicValues = z.infer<typeof nicValues>

export const networkingValues = z
  .object({
    nics: z.array(nicValues),
    /** F-52: the name of the NIC to boot from; counts for the source PXE. */
    bootNic: z.string(),
  })
  .superRefine(({ nics }, context) => {
    for (const [index, nic] of nics.entries()) {
      const earlier = nics.slice(0, index)
      const at = (field: keyof NicValues) => ['nics', index, field]
      report(
        context,
        at('name'),
        finding(
          nic.name !== '' && earlier.some(({ name }) => name === nic.name),
          'duplicateName',
          { name: nic.name },
        ),
      )
      report(
        context,
        at('macAddress'),
        finding(
          earlier.some(({ macAddress }) => isSameMacAddress(macAddress, nic.macAddress)),
          'mac.duplicate',
        ),
      )
      const isUsed =
        nic.network !== '' && earlier.some(({ network }) => network === nic.network)
      report(
        context,
        at('network'),
        finding(
          isUsed,
          nic.network === POD_NETWORK ? 'network.secondPodNetwork' : 'network.duplicate',
        ),
      )
    }
  })

/** The first free name: nic0, nic1, … */
function freeName(nics: readonly NicValues[]): string {
  for (let number = nics.length; ; number += 1) {
    const name = `nic${number}`
    if (!nics.some((nic) => nic.name === name)) return name
  }
}

/** A NIC to add: on the pod network if none is there yet. */
export function newNic(nics: readonly NicValues[], model: NicValues['model']): NicValues {
  const isFirst = !nics.some(({ network }) => network === POD_NETWORK)
  return {
    name: freeName(nics),
    model,
    network: isFirst ? POD_NETWORK : '',
    binding: isFirst ? 'masquerade' : 'bridge',
    macAddress: '',
    ports: [],
  }
}
