import { z } from 'zod'
import type { Disk, NetworkInterface, VirtualMachine } from '../types.ts'
import { instanceSpecOf } from './instance-spec-of.ts'
import type { EditItem } from './item.ts'

export interface BootDevice {
  kind: 'disk' | 'networkInterface'
  name: string
  /** Whether the guest tries it at all. */
  isTried: boolean
}

export interface BootOrderValues {
  /** The first is tried first. */
  devices: BootDevice[]
}

/** A place far behind, for devices that have none. */
const LAST = Number.MAX_SAFE_INTEGER

/**
 * Where no device has a place, firmware tries the disks in the order of the definition
 * (https://kubevirt.io/user-guide/storage/disks_and_volumes/): the form shows what happens.
 */
export const bootOrderItem: EditItem<BootOrderValues> = {
  schema: z.object({ devices: z.array(z.object({ name: z.string() })) }),
  read: (virtualMachine) => {
    const devices = devicesOf(virtualMachine)
    const isOpen = devices.every(({ device }) => device.bootOrder === undefined)
    return {
      devices: devices
        .toSorted(
          (one, other) => (one.device.bootOrder ?? LAST) - (other.device.bootOrder ?? LAST),
        )
        .map(({ kind, device }) => ({
          kind,
          name: device.name,
          isTried: isOpen ? kind === 'disk' : device.bootOrder !== undefined,
        })),
    }
  },
  write: (virtualMachine, { devices }) => {
    instanceSpecOf(virtualMachine)
    for (const { kind, device } of devicesOf(virtualMachine)) {
      const tried = devices.filter(({ isTried }) => isTried)
      const place = tried.findIndex((one) => one.kind === kind && one.name === device.name)
      delete device.bootOrder
      if (place >= 0) device.bootOrder = place + 1
    }
  },
  places: [[/bootOrder/, 'devices']],
}

function devicesOf({
  spec,
}: VirtualMachine): { kind: BootDevice['kind']; device: Disk | NetworkInterface }[] {
  const { disks = [], interfaces = [] } = spec.template?.spec?.domain.devices ?? {}
  const absent = ({ state }: NetworkInterface) => state === 'absent'
  return [
    ...disks.map((device) => ({ kind: 'disk' as const, device })),
    ...interfaces
      .filter((nic) => !absent(nic))
      .map((device) => ({ kind: 'networkInterface' as const, device })),
  ]
}
