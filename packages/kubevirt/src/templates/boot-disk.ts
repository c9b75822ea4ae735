import { bootDiskOf } from '../create/from-template.ts'
import type { Disk, NetworkInterface, VirtualMachine } from '../types.ts'
import { withVirtualMachine } from './edit-template.ts'
import type { Template } from './template.ts'

type Device = Disk | NetworkInterface

/**
 * F-60: the disks that VMs of a template can boot from, and the one that they do.
 * `current` is undefined where there is none.
 */
export function bootDisks(virtualMachine: VirtualMachine): {
  names: string[]
  current: string | undefined
} {
  const { disks = [] } = virtualMachine.spec.template.spec?.domain.devices ?? {}
  const names = disks.filter(({ cdrom }) => !cdrom).map(({ name }) => name)
  return { names, current: bootDiskOf(virtualMachine)?.name }
}

/**
 * F-60: a template whose VMs boot from another of their disks. What is tried before any disk,
 * such as the network, stays before it, and the other disks keep their order behind it.
 */
export const withBootDisk = (template: Template, name: string): Template =>
  withVirtualMachine(template, (virtualMachine) => {
    const changed = structuredClone(virtualMachine)
    const { disks = [], interfaces = [] } = changed.spec.template.spec?.domain.devices ?? {}
    const chosen = disks.find((disk) => disk.name === name)
    if (!chosen) return changed
    const tried: Device[] = [...disks, ...interfaces]
      .filter(({ bootOrder }) => bootOrder !== undefined)
      .toSorted((one, other) => (one.bootOrder ?? 0) - (other.bootOrder ?? 0))
    const firstDisk = tried.findIndex((device) => (disks as Device[]).includes(device))
    const order = tried.filter((device) => device !== chosen)
    order.splice(firstDisk < 0 ? order.length : firstDisk, 0, chosen)
    for (const [index, device] of order.entries()) device.bootOrder = index + 1
    return changed
  })
