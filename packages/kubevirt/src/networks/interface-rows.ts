import { isPending } from '../disks/disk-rows.ts'
import { pendingOf } from '../pending/pending.ts'
import type { VirtualMachine, VirtualMachineInstance } from '../types.ts'
import { interfacesOf, type InterfaceInfo } from './interfaces-of.ts'

/** `added`, `changed` and `removed` wait for a restart; `off` while nothing runs. */
export type LinkState = 'added' | 'changed' | 'removed' | 'up' | 'down' | 'off'

export interface InterfaceRow extends InterfaceInfo {
  state: LinkState
}

/** A VM's NICs and those that only its running guest still has; what waits stands on top. */
export function interfaceRows(
  virtualMachine: VirtualMachine,
  instance: VirtualMachineInstance | null | undefined,
): InterfaceRow[] {
  const changes = new Map(
    pendingOf(virtualMachine, instance).changes.flatMap((each) =>
      each.subject === 'networkInterface' ? [[each.name, each.change] as const] : [],
    ),
  )
  const defined = virtualMachine.spec.template?.spec?.domain.devices.interfaces ?? []
  const states = new Map(defined.map(({ name, state }) => [name, state]))
  const reported = new Map(
    instance?.status?.interfaces?.map(({ name, linkState }) => [name, linkState]),
  )
  const wanted = interfacesOf(virtualMachine, instance)
  const gone = instance
    ? interfacesOf({ spec: { template: { spec: instance.spec } } }, instance).filter(
        ({ name }) => changes.get(name) === 'removed' && !states.has(name),
      )
    : []
  const stateOf = (name: string): LinkState => {
    const change = changes.get(name)
    if (change) return change
    if (!instance) return 'off'
    const isDown = (reported.get(name) ?? states.get(name)) === 'down'
    return isDown ? 'down' : 'up'
  }
  return [...wanted, ...gone]
    .map((nic) => ({ ...nic, state: stateOf(nic.name) }))
    .toSorted((one, other) => +isPending(other.state) - +isPending(one.state))
}
