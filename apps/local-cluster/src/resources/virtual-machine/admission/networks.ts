import type {
  V1Interface as Interface,
  V1Network as Network,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { StatusCause } from '@virtdeck/kubernetes'
import { portNameProblems } from '../../names.ts'
import { cause, causeIf, type InstanceSpec } from './cause.ts'
import type { ClusterConfiguration } from './configuration.ts'
import { PCI_ADDRESS } from './disks.ts'
import { macAddressLength } from './mac-address.ts'

const MODELS = new Set(['e1000', 'e1000e', 'igb', 'ne2k_pci', 'pcnet', 'rtl8139', 'virtio'])
const STATES = new Set(['up', 'down', 'absent'])
const RESERVED_MAC = '02:00:00:00:00:00'

export function networkRules(
  field: string,
  spec: InstanceSpec,
  { bridgeOnPodNetwork }: ClusterConfiguration,
): StatusCause[] {
  const networks = spec.networks ?? []
  const interfaces = spec.domain.devices.interfaces ?? []
  return [
    ...podNetworks(field, networks),
    ...networkSources(field, networks),
    ...interfaces.flatMap((iface, index) => {
      const at = `${field}.domain.devices.interfaces[${index}]`
      const network = networks.find(({ name }) => name === iface.name)
      return [
        ...state(at, iface, network),
        ...binding(at, iface, network),
        ...causeIf(
          !!iface.bridge && !!network?.pod && !bridgeOnPodNetwork,
          `${at}.name`,
          'Bridge on pod network configuration is not enabled under kubevirt-config',
        ),
      ]
    }),
    ...pairs(field, networks, interfaces),
    ...interfaces.flatMap((iface, index) => {
      const at = `${field}.domain.devices.interfaces[${index}]`
      const network = networks.find(({ name }) => name === iface.name)
      return [...fields(at, iface), ...(network?.pod ? ports(at, iface) : [])]
    }),
  ]
}

function podNetworks(field: string, networks: Network[]): StatusCause[] {
  const pods = networks.filter(({ pod }) => pod)
  const defaults = networks.filter(({ multus }) => isDefault(multus))
  const causes: StatusCause[] = []
  if (pods.length > 1) {
    const message = `more than one interface is connected to a pod network in ${field}.interfaces`
    causes.push(cause(`${field}.interfaces`, message, 'FieldValueDuplicate'))
  }
  return [
    ...causes,
    ...causeIf(
      defaults.length > 1,
      `${field}.networks`,
      'Multus CNI should only have one default network',
    ),
    ...causeIf(
      pods.length > 0 && defaults.length > 0,
      `${field}.networks`,
      'Pod network cannot be defined when Multus default network is defined',
    ),
  ]
}

/** The published type calls the wire's `default` `_default`. */
function isDefault(multus: object | undefined): boolean {
  return !!multus && 'default' in multus && multus.default === true
}

function networkSources(field: string, networks: Network[]): StatusCause[] {
  return networks.flatMap(({ pod, multus }, index) => {
    const at = `${field}.networks[${index}]`
    if (!pod && !multus && !hasResourceClaim(networks[index])) {
      return [cause(at, 'should have a network type', 'FieldValueRequired')]
    }
    if (pod && multus) {
      return [cause(at, 'should have only one network type', 'FieldValueRequired')]
    }
    if (multus && !multus.networkName) {
      const message = 'CNI delegating plugin must have a networkName'
      return [cause(at, message, 'FieldValueRequired')]
    }
    return []
  })
}

function hasResourceClaim(network: object | undefined): boolean {
  return !!network && 'resourceClaim' in network
}

function pairs(field: string, networks: Network[], interfaces: Interface[]): StatusCause[] {
  const list = `${field}.domain.devices.interfaces`
  const causes: StatusCause[] = []
  for (const [index, { name }] of networks.entries()) {
    const at = `${field}.networks[${index}].name`
    if (networks.findIndex((other) => other.name === name) < index) {
      const message = `Network with name "${name}" already exists, every network must have a unique name`
      causes.push(cause(at, message, 'FieldValueDuplicate'))
    }
    if (!interfaces.some((iface) => iface.name === name)) {
      causes.push(cause(at, `${at} '${name}' not found.`, 'FieldValueRequired'))
    }
  }
  for (const [index, { name }] of interfaces.entries()) {
    const at = `${list}[${index}].name`
    if (interfaces.findIndex((other) => other.name === name) < index) {
      const message = 'Only one interface can be connected to one specific network'
      causes.push(cause(at, message, 'FieldValueDuplicate'))
    }
    if (!networks.some((network) => network.name === name)) {
      causes.push(cause(at, `${at} '${name}' not found.`))
    }
  }
  return causes
}

function binding(at: string, iface: Interface, network: Network | undefined): StatusCause[] {
  const method = iface.bridge ?? iface.masquerade ?? iface.sriov ?? iface.passtBinding
  return [
    ...causeIf(
      !!iface.binding && !!method,
      `${at}.binding`,
      `logical ${iface.name} interface cannot have both binding plugin and interface binding method`,
    ),
    ...causeIf(
      !!iface.masquerade && !network?.pod,
      `${at}.name`,
      'Masquerade interface only implemented with pod network',
    ),
    ...causeIf(
      !!iface.masquerade && iface.macAddress?.toLowerCase() === RESERVED_MAC,
      `${at}.macAddress`,
      'The requested MAC address is reserved for the in-pod bridge. Please choose another one.',
    ),
    ...causeIf(
      !!iface.slirp,
      `${at}.name`,
      'Slirp interface support has been discontinued since v1.3',
    ),
    ...causeIf(
      !!iface.macvtap,
      `${at}.name`,
      'Macvtap interface support has been discontinued since v1.3',
    ),
  ]
}

function state(at: string, iface: Interface, network: Network | undefined): StatusCause[] {
  const value = iface.state
  if (!value) return []
  if (!STATES.has(value)) {
    const message = `logical ${iface.name} interface state value is unsupported: ${value}`
    return [cause(`${at}.state`, message)]
  }
  if (value !== 'absent') return []
  return [
    ...causeIf(
      !iface.bridge && !iface.binding,
      `${at}.state`,
      `"${iface.name}" interface's state "absent" is supported only for bridge binding`,
    ),
    ...causeIf(
      !!network?.pod,
      `${at}.state`,
      `"${iface.name}" interface's state "absent" is not supported on default networks`,
    ),
  ]
}

function fields(at: string, iface: Interface): StatusCause[] {
  const { name, model, macAddress, pciAddress } = iface
  const causes = causeIf(
    !/^[A-Za-z0-9-_]+$/.test(name),
    `${at}.name`,
    'Network interface name can only contain alphabetical characters, numbers, dashes (-) or underscores (_)',
  )
  if (model && !MODELS.has(model)) {
    const message = `interface ${at}.name uses model ${model} that is not supported.`
    causes.push(cause(`${at}.model`, message, 'FieldValueNotSupported'))
  }
  if (macAddress) causes.push(...macProblems(at, macAddress))
  if (pciAddress && !PCI_ADDRESS.test(pciAddress)) {
    const message = `interface ${at}.name has malformed PCI address (${pciAddress}).`
    causes.push(cause(`${at}.pciAddress`, message))
  }
  return causes
}

function macProblems(at: string, address: string): StatusCause[] {
  const length = macAddressLength(address)
  if (length === undefined) {
    const message = `interface ${at}.name has malformed MAC address (${address}).`
    return [cause(`${at}.macAddress`, message)]
  }
  return causeIf(
    length > 6,
    `${at}.macAddress`,
    `interface ${at}.name has MAC address (${address}) that is too long.`,
  )
}

function ports(at: string, { ports: list = [] }: Interface): StatusCause[] {
  return list.flatMap(({ name, port, protocol }, index) => {
    const field = `${at}.ports[${index}]`
    const causes: StatusCause[] = []
    if (name && list.findIndex((other) => other.name === name) < index) {
      const message = `Duplicate name of the port: ${name}`
      causes.push(cause(`${field}.name`, message, 'FieldValueDuplicate'))
    }
    if (name && portNameProblems(name).length > 0) {
      causes.push(cause(`${field}.name`, `Invalid name of the port: ${name}`))
    }
    if (!port) causes.push(cause(field, 'Port field is mandatory.', 'FieldValueRequired'))
    if (port < 0 || port > 65_536) {
      causes.push(cause(field, 'Port field must be in range 0 < x < 65536.'))
    }
    if (protocol && protocol !== 'TCP' && protocol !== 'UDP') {
      causes.push(cause(`${field}.protocol`, 'Unknown protocol, only TCP or UDP allowed'))
    }
    return causes
  })
}
