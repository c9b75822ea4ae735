import type {
  V1Interface,
  V1VirtualMachineInstance,
  V1VirtualMachineInstanceSpec,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

export interface NetworkRow {
  name: string
  model: string | undefined
  /** The NetworkAttachmentDefinition; undefined for the pod network. */
  network: string | undefined
  binding: string | undefined
  macAddress: string | undefined
  ipAddresses: string[]
}

const BINDINGS = ['masquerade', 'bridge', 'sriov', 'macvtap', 'slirp', 'passt'] as const

const bindingOf = (nic: V1Interface): string | undefined =>
  nic.binding?.name ?? BINDINGS.find((binding) => binding in nic)

/** A VM's interfaces as they are defined, with the addresses of the running guest. */
export function networkRows(
  spec: V1VirtualMachineInstanceSpec | undefined,
  instance: V1VirtualMachineInstance | null | undefined,
): NetworkRow[] {
  const networks = new Map(spec?.networks?.map((network) => [network.name, network]))
  const running = new Map(instance?.status?.interfaces?.map((nic) => [nic.name, nic]))
  return (spec?.domain.devices.interfaces ?? []).map((nic) => {
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
