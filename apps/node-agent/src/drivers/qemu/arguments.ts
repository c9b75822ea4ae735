import type { GuestDisk, GuestInterface, GuestSpec } from '../../guest-spec.ts'
import { userNetwork } from '../../network/user-network.ts'
import type { Accelerator } from './probe.ts'

/** What a QEMU process is given besides the machine: where its files and sockets lie. */
export interface QemuPlace {
  accelerator: Accelerator
  /** UNIX sockets; a short path, for theirs end at 108 bytes. */
  sockets: {
    monitor: string
    serial: string
    vnc: string
    ofInterface: (index: number) => string
  }
  pidFile: string
  /** Read-only code and the guest's own variables, for `efi`. */
  efi?: { code: string; variables: string }
}

const MIB = 1024 * 1024
/** The PC's own IDE controller takes four; more go to an AHCI controller. */
const IDE_UNITS = 4

/** The arguments of `qemu-system-x86_64` for a guest. */
export function qemuArguments(spec: GuestSpec, place: QemuPlace): string[] {
  const { sockets } = place
  return [
    ['-name', `guest=${escaped(`${spec.namespace}_${spec.name}`)},debug-threads=on`],
    // `pc` also where the VMI says q35: its IDE controller is one that Debian's cloud kernel,
    // of which the sample guest is made, has a driver for, and it takes hot-plugged disks
    // without ports prepared for them. No guest that boots on q35 with a BIOS minds.
    ['-machine', 'pc', '-accel', accelerator(place.accelerator, spec)],
    ['-cpu', cpuModel(place.accelerator, spec.cpu.model), '-smp', smp(spec.cpu)],
    ['-m', `size=${Math.ceil(spec.memoryBytes / MIB)}M`, '-uuid', spec.uuid],
    spec.serial ? ['-smbios', `type=1,serial=${escaped(spec.serial)}`] : [],
    ['-nodefaults', '-no-user-config', '-display', 'none', '-rtc', 'base=utc'],
    // A guest that switches itself off while no agent watches can still be asked how it ended.
    ['-action', 'shutdown=pause'],
    ['-qmp', `unix:${escaped(sockets.monitor)},server=on,wait=off`],
    ['-pidfile', place.pidFile],
    spec.graphics ? ['-vga', 'std', '-vnc', `unix:${escaped(sockets.vnc)}`] : [],
    spec.serialConsole ? serialArguments(sockets.serial) : [],
    place.efi ? efiArguments(place.efi) : [],
    diskArguments(spec),
    spec.interfaces.flatMap((nic, index) =>
      interfaceArguments(nic, index, { hostname: spec.hostname, sockets }),
    ),
  ].flat()
}

/** QEMU separates options by commas; a comma in a value is written twice. */
function escaped(value: string): string {
  return value.replaceAll(',', ',,')
}

function accelerator(name: Accelerator, spec: GuestSpec): string {
  // A small translation cache saves 12 MB for each small guest.
  if (name === 'tcg') return spec.memoryBytes <= 256 * MIB ? 'tcg,tb-size=32' : 'tcg'
  return name
}

/**
 * Without KVM there is no host CPU to pass through. Nehalem is what today's distributions ask
 * for at least (x86-64-v2) and boots faster than `max`, whose features TCG emulates slowly.
 */
function cpuModel(name: Accelerator, wanted: string | undefined): string {
  if (name === 'kvm') {
    return wanted === undefined || wanted.startsWith('host-') ? 'host' : wanted
  }
  return wanted === undefined || wanted.startsWith('host-') ? 'Nehalem' : wanted
}

function smp({ sockets, cores, threads }: GuestSpec['cpu']): string {
  const total = sockets * cores * threads
  return `cpus=${total},sockets=${sockets},cores=${cores},threads=${threads}`
}

function serialArguments(socket: string): string[] {
  const options = `socket,id=serial0,path=${escaped(socket)},server=on,wait=off`
  return ['-chardev', options, '-serial', 'chardev:serial0']
}

function efiArguments({ code, variables }: NonNullable<QemuPlace['efi']>): string[] {
  const flash = 'if=pflash,format=raw'
  return [
    ['-drive', `${flash},unit=0,readonly=on,file=${escaped(code)}`],
    ['-drive', `${flash},unit=1,file=${escaped(variables)}`],
  ].flat()
}

function diskArguments({ disks, interfaces }: GuestSpec): string[] {
  const ordered = [...disks, ...interfaces].some(({ bootOrder }) => bootOrder !== undefined)
  const onIde = disks.filter(isIde)
  const controllers = [
    ...(onIde.length > IDE_UNITS ? ['-device', 'ich9-ahci,id=ahci0'] : []),
    ...(disks.some(({ bus }) => bus === 'scsi') ? ['-device', 'virtio-scsi-pci,id=scsi0'] : []),
  ]
  const devices = disks.flatMap((disk, index) => {
    // Nothing said about order: disks are tried as they are listed.
    const bootIndex = ordered ? disk.bootOrder : index + 1
    const options = [
      deviceOf(disk, onIde.indexOf(disk)),
      `drive=${nodeName(index)}`,
      `id=disk-${escaped(disk.name)}`,
      ...(bootIndex === undefined ? [] : [`bootindex=${bootIndex}`]),
      ...(disk.serial ? [`serial=${escaped(disk.serial)}`] : []),
    ]
    return ['-blockdev', blockDevice(disk, index), '-device', options.join(',')]
  })
  return [...controllers, ...devices]
}

/** There is no virtio CD-ROM: KubeVirt offers it as SATA. */
const isIde = (disk: GuestDisk): boolean =>
  disk.bus === 'sata' || (disk.bus === 'virtio' && disk.cdrom)

const nodeName = (index: number): string => `disk${index}`

function blockDevice(disk: GuestDisk, index: number): string {
  return JSON.stringify({
    driver: disk.format,
    'node-name': nodeName(index),
    'read-only': disk.readOnly,
    discard: 'unmap',
    file: { driver: 'file', filename: disk.file, discard: 'unmap' },
  })
}

function deviceOf(disk: GuestDisk, ideIndex: number): string {
  const type = disk.cdrom ? 'cd' : 'hd'
  if (disk.bus === 'scsi') return `scsi-${type},bus=scsi0.0`
  if (ideIndex < 0) return 'virtio-blk-pci'
  if (ideIndex >= IDE_UNITS) return `ide-${type},bus=ahci0.${ideIndex - IDE_UNITS}`
  return `ide-${type},bus=ide.${Math.floor(ideIndex / 2)},unit=${ideIndex % 2}`
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
    `id=net-${escaped(nic.name)}`,
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
export const netdevName = (index: number): string => `net${index}`
