import type { NetworkInterface, VirtualMachine, VirtualMachineInstance } from '../types.ts'

/** A NIC of a VM with its network, and the addresses of the running guest. */
export interface InterfaceInfo {
  name: string
  model: string | undefined
  /** The NetworkAttachmentDefinition; undefined for the pod network. */
  network: string | undefined
  binding: string | undefined
  macAddress: string | undefined
  ipAddresses: string[]
}

const BINDINGS = ['masquerade', 'bridge', 'sriov', 'macvtap', 'slirp', 'passt'] as const

const bindingOf = (nic: NetworkInterface): string | undefined =>
  nic.binding?.name ?? BINDINGS.find((binding) => binding in nic)

/** A VM's NICs in the order of its definition. */
export function interfacesOf(
  { spec }: Pick<VirtualMachine, 'spec'>,
  virtualMachineInstance?: VirtualMachineInstance | null,
): InterfaceInfo[] {
  const instance = spec.template?.spec
  const networks = new Map(instance?.networks?.map((network) => [network.name, network]))
  const running = new Map(
    virtualMachineInstance?.status?.interfaces?.map((nic) => [nic.name, nic]),
  )
  return (instance?.domain.devices.interfaces ?? []).map((nic) => {
    const status = running.get(nic.name)
    const addresses = status?.ipAddresses ?? []
    return {
      name: nic.name,
      model: nic.model,
      network: networks.get(nic.name)?.multus?.networkName,
      binding: bindingOf(nic),
      macAddress: nic.macAddress ?? status?.mac,
      ipAddresses: addresses.length > 0 || !status?.ipAddress ? addresses : [status.ipAddress],
    }
  })
}
