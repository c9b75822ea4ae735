import { randomBytes } from 'node:crypto'
import type { V1VirtualMachine as VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import type { KindRequest } from '../define.ts'

const WEBHOOK = 'mutatevirtualmachines.kubemacpool.io'
/**
 * A namespace's label: `ignore` is to have no pool, `allocate` to have addresses also for interfaces
 * that are added later. Without it those get theirs from the node at the next start, so that a
 * patched VM is what the patch says, as in a cluster where the pool is not installed.
 */
const LABEL = WEBHOOK
const RANGE = { namespace: 'kubemacpool-system', name: 'kubemacpool-mac-range-config' }
const FIRST = 0x02_00_00_00_00_00
const LAST = 0x02_ff_ff_ff_ff_ff
/** So many neighbours are tried before a range counts as full. */
const ATTEMPTS = 1_000_000

/** The name of the index of VMs by MAC address. */
export const MAC_ADDRESSES = 'macAddresses'

type Interface = NonNullable<
  NonNullable<VirtualMachine['spec']['template']['spec']>['domain']['devices']['interfaces']
>[number]

const interfacesOf = ({ spec }: VirtualMachine): Interface[] =>
  spec?.template?.spec?.domain?.devices?.interfaces ?? []

/** A MAC address in one way of writing; undefined if it is none (admission will say so). */
function canonical(address: string | undefined): string | undefined {
  const text = address?.toLowerCase().replaceAll('-', ':')
  return text !== undefined && /^([\da-f]{2}:){5}[\da-f]{2}$/.test(text) ? text : undefined
}

export function macAddressesOf(object: KubernetesObject): string[] {
  return interfacesOf(object as VirtualMachine).flatMap(
    ({ macAddress }) => canonical(macAddress) ?? [],
  )
}

/**
 * What kubemacpool's webhook does: interfaces of secondary networks get an address of their own,
 * and an address that another VM has is refused. (Versions since 0.51 let it pass and warn only
 * when both run.) The pod network's interface keeps the address that its node gives it.
 */
export function assignMacAddresses(request: KindRequest<VirtualMachine>): void {
  const { object, oldObject, operation, lookup, lookupIndexed } = request
  const { namespace = '', name = '' } = object.metadata ?? {}
  const labels = lookup('namespaces', undefined, namespace)?.metadata?.labels
  if (labels?.[LABEL] === 'ignore' || lookupIndexed === undefined) return
  const isTaken = (address: string): boolean =>
    lookupIndexed('virtualmachines.kubevirt.io', MAC_ADDRESSES, address).some(
      (other) => other.namespace !== namespace || other.name !== name,
    )
  const before = new Set(oldObject ? macAddressesOf(oldObject) : [])
  const own = new Map<string, string>()
  for (const { name: interfaceName, macAddress } of interfacesOf(object)) {
    const address = canonical(macAddress)
    if (address === undefined) continue
    const twin = own.get(address)
    if (twin !== undefined) {
      throw denied(
        operation,
        `duplicate MAC address ${address} found on interfaces: ${twin} and ${interfaceName}`,
      )
    }
    own.set(address, interfaceName)
    if (!before.has(address) && isTaken(address)) {
      throw denied(operation, 'failed to allocate requested mac address')
    }
  }
  const networks = object.spec?.template?.spec?.networks ?? []
  const secondary = new Set(networks.filter(({ multus }) => multus).map((each) => each.name))
  const range = rangeOf(lookup)
  const fills = operation === 'create' || labels?.[LABEL] === 'allocate'
  for (const each of interfacesOf(object)) {
    if (!fills || each.macAddress || !secondary.has(each.name)) continue
    const address = freeAddress(range, (candidate) => own.has(candidate) || isTaken(candidate))
    if (address === undefined) throw denied(operation, 'the range is full')
    each.macAddress = address
    own.set(address, each.name)
  }
}

function denied(operation: string, why: string): Error {
  const verb = operation === 'create' ? 'create' : 'update'
  const message = `Failed to ${verb} virtual machine allocation error: ${why}`
  return statusErrors.other(
    500,
    '',
    `admission webhook "${WEBHOOK}" denied the request: ${message}`,
  )
}

interface Range {
  first: number
  last: number
}

function rangeOf(lookup: KindRequest<VirtualMachine>['lookup']): Range {
  const found = lookup('configmaps', RANGE.namespace, RANGE.name)
  const { data = {} } = (found ?? {}) as { data?: Record<string, string> }
  const number = (text: string | undefined, otherwise: number): number => {
    const address = canonical(text)
    return address === undefined ? otherwise : Number.parseInt(address.replaceAll(':', ''), 16)
  }
  return { first: number(data['RANGE_START'], FIRST), last: number(data['RANGE_END'], LAST) }
}

/** At random, so that two clusters on one network seldom meet; one after the other when it is tight. */
function freeAddress({ first, last }: Range, isTaken: (address: string) => boolean) {
  const size = last - first + 1
  if (size <= 0) return undefined
  const offset = randomBytes(6).readUIntBE(0, 6) % size
  for (let step = 0; step < Math.min(size, ATTEMPTS); step += 1) {
    const address = textOf(first + ((offset + step) % size))
    if (!isTaken(address)) return address
  }
  return undefined
}

function textOf(number: number): string {
  const hex = number.toString(16).padStart(12, '0')
  return hex.match(/../g)?.join(':') ?? ''
}
