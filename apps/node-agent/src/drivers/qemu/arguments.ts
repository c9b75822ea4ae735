import type { GuestInterface, GuestSpec } from '../../guest-spec.ts'
import { userNetwork } from '../../network/user-network.ts'
import { diskArguments } from './disk-devices.ts'
import { escaped } from './escape.ts'
import { peripheralArguments, usbArguments } from './peripherals.ts'
import { platformArguments } from './platform.ts'
import type { Accelerator } from './probe.ts'

/** What a QEMU process is given besides the machine: where its files and sockets lie. */
export interface QemuPlace {
  accelerator: Accelerator
  /** UNIX sockets; a short path, for theirs end at 108 bytes. */
  sockets: {
    monitor: string
    serial: string
    vnc: string
    agent: string
    tpm: string
    ofInterface: (index: number) => string
  }
  pidFile: string
  /** Read-only code and the guest's own variables, for `efi`. */
  efi?: { code: string; variables: string }
  now?: Date
}

/** The arguments of `qemu-system-x86_64` for a guest. */
export function qemuArguments(spec: GuestSpec, place: QemuPlace): string[] {
  const { sockets, accelerator, now = new Date() } = place
  const { disks, interfaces, hardware } = spec
  const ordered = [...disks, ...interfaces].some(({ bootOrder }) => bootOrder !== undefined)
  return [
    ['-name', `guest=${escaped(`${spec.namespace}_${spec.name}`)},debug-threads=on`],
    platformArguments(spec, { accelerator, now }),
    ['-nodefaults', '-no-user-config', '-display', 'none'],
    // A guest that switches itself off while no agent watches can still be asked how it ended.
    ['-action', 'shutdown=pause'],
    ['-qmp', `unix:${escaped(sockets.monitor)},server=on,wait=off`],
    ['-pidfile', place.pidFile],
    place.efi ? efiArguments(place.efi) : [],
    usbArguments(spec),
    diskArguments({ machine: hardware.machine, hotplug: hardware.hotplug, disks, ordered }),
    interfaces.flatMap((nic, index) =>
      interfaceArguments(nic, index, { hostname: spec.hostname, sockets }),
    ),
    // Behind disks and network cards, whose places on the bus guests remember.
    peripheralArguments(spec, sockets),
  ].flat()
}

function efiArguments({ code, variables }: NonNullable<QemuPlace['efi']>): string[] {
  const flash = 'if=pflash,format=raw'
  return [
    ['-drive', `${flash},unit=0,readonly=on,file=${escaped(code)}`],
    ['-drive', `${flash},unit=1,file=${escaped(variables)}`],
  ].flat()
}

const NIC_DEVICES: Record<GuestInterface['model'], string> = {
  virtio: 'virtio-net-pci',
  e1000: 'e1000',
  e1000e: 'e1000e',
  rtl8139: 'rtl8139',
}

function interfaceArguments(
  nic: GuestInterface,
  index: number,
  { hostname, sockets }: { hostname: string; sockets: QemuPlace['sockets'] },
): string[] {
  const options = [
    NIC_DEVICES[nic.model],
    `netdev=${netdevName(index)}`,
    `id=${escaped(nicDevice(nic.name))}`,
    `mac=${nic.macAddress}`,
    // Only who boots from the network waits for the network's boot ROM.
    nic.bootOrder === undefined ? 'romfile=' : `bootindex=${nic.bootOrder}`,
  ]
  const backEnd =
    nic.network.kind === 'user'
      ? `user,id=${netdevName(index)},${userNetwork({ ...nic.network, hostname })}`
      : // QEMU listens and the agent connects, so the next agent can do so again.
        `stream,id=${netdevName(index)},server=on,addr.type=unix,addr.path=${escaped(sockets.ofInterface(index))}`
  return ['-netdev', backEnd, '-device', options.join(',')]
}

/** The name of an interface's network back end, for adding port forwards at run time. */
/** The card's name in QEMU. */
export const nicDevice = (name: string): string => `net-${name}`

export const netdevName = (index: number): string => `net${index}`
