import { nicValuesOf } from '../create/from-template.ts'
import { interfaceOf, networkOf } from '../create/network-interface.ts'
import { POD_NETWORK, type NicValues } from '../create/networking-values.ts'
import type { NetworkInterface, VirtualMachine } from '../types.ts'
import { checkEdit, editNamed, withVirtualMachine, type DeviceEdit } from './edit-template.ts'
import type { Template } from './template.ts'

/** The NICs of a template's VM as rows of the networking step. */
export function templateNics({ spec }: VirtualMachine): NicValues[] {
  const { domain, networks = [] } = spec.template.spec ?? {}
  return (domain?.devices.interfaces ?? []).map((nic) => {
    const network = networks.find(({ name }) => name === nic.name)
    return nicValuesOf(nic, network?.multus?.networkName ?? POD_NETWORK)
  })
}

/** F-60: one NIC of a template's VM added, changed or removed; what no field shows stays. */
export const editTemplateNics = (template: Template, edit: DeviceEdit<NicValues>): Template =>
  withVirtualMachine(template, (virtualMachine) => editNics(virtualMachine, edit))

/** The same for a VM. */
export function editNics(
  virtualMachine: VirtualMachine,
  edit: DeviceEdit<NicValues>,
): VirtualMachine {
  const instance = virtualMachine.spec.template.spec
  const { interfaces: before = [], ...devices } = instance?.domain.devices ?? {}
  checkEdit(
    edit,
    before.map(({ name }) => name),
  )
  const old =
    edit.kind === 'add' ? undefined : edit.kind === 'remove' ? edit.name : edit.before.name
  const nic = before.find(({ name }) => name === old)
  const network = instance?.networks?.find(({ name }) => name === old)
  const row = edit.kind === 'remove' ? undefined : edit.row
  const isSameNetwork = edit.kind === 'change' && edit.before.network === edit.row.network
  const networks = editNamed(instance?.networks, {
    old,
    item: row && (isSameNetwork && network ? { ...network, name: row.name } : networkOf(row)),
  })
  const { autoattachPodInterface: _, ...others } = devices
  return {
    ...virtualMachine,
    spec: {
      ...virtualMachine.spec,
      template: {
        ...virtualMachine.spec.template,
        spec: {
          ...instance,
          domain: {
            ...instance?.domain,
            devices: {
              ...others,
              // Otherwise KubeVirt adds a NIC that nobody asked for.
              ...(!networks.some(({ pod }) => pod) && { autoattachPodInterface: false }),
              interfaces: editNamed(before, { old, item: row && nextNic(nic, edit) }),
            },
          },
          networks,
        },
      },
    },
  }
}

const BINDINGS = [
  'masquerade',
  'bridge',
  'sriov',
  'slirp',
  'passt',
  'macvtap',
  'binding',
] as const

function nextNic(
  nic: NetworkInterface | undefined,
  edit: DeviceEdit<NicValues>,
): NetworkInterface | undefined {
  if (edit.kind === 'remove') return undefined
  const { row } = edit
  const fresh = interfaceOf(row, { isBootNic: false })
  if (!nic || edit.kind === 'add') return fresh
  const { model: _1, macAddress: _2, ports: _3, ...kept } = nic
  const { masquerade: _4, bridge: _5, sriov: _6, ...shown } = fresh
  // Others, which the fields do not know, stay until another one is chosen.
  if (row.binding === edit.before.binding) return { ...kept, ...shown }
  const unbound = Object.entries(kept).filter(
    ([key]) => !(BINDINGS as readonly string[]).includes(key),
  )
  return { ...Object.fromEntries(unbound), ...shown, [row.binding]: {} }
}
