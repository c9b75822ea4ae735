import type { GuestSpec } from '../../guest-spec.ts'
import { needsUsb } from './disk-devices.ts'
import { escaped } from './escape.ts'

export interface PeripheralSockets {
  serial: string
  vnc: string
  agent: string
  tpm: string
}

/** The name of the port under which guest agents look for their hypervisor. */
const AGENT_PORT = 'org.qemu.guest_agent.0'
/** The agent's port and its back end have this id. */
export const AGENT_ID = 'agent0'

const VIDEO_DEVICES: Record<string, string> = {
  vga: 'VGA',
  virtio: 'virtio-vga',
  bochs: 'bochs-display',
  cirrus: 'cirrus-vga',
  qxl: 'qxl-vga',
  ramfb: 'ramfb',
  vmvga: 'vmware-svga',
}

/** Consoles, input, and the small devices around the machine. */
export function peripheralArguments(spec: GuestSpec, sockets: PeripheralSockets): string[] {
  const { hardware } = spec
  return [
    spec.graphics ? graphics(spec, sockets.vnc) : [],
    spec.serialConsole ? serialConsole(sockets.serial) : [],
    agentChannel(sockets.agent),
    hardware.inputs.flatMap(({ bus }, index) => [
      '-device',
      bus === 'usb'
        ? `usb-tablet,bus=usb0.0,id=input${index}`
        : `virtio-tablet-pci,id=input${index}`,
    ]),
    hardware.randomNumbers
      ? [
          ['-object', 'rng-random,id=rng0,filename=/dev/urandom'],
          ['-device', 'virtio-rng-pci,rng=rng0,id=rng'],
        ].flat()
      : [],
    hardware.memoryBalloon ? ['-device', 'virtio-balloon-pci,id=balloon0'] : [],
    hardware.watchdog
      ? ['-device', 'i6300esb,id=watchdog0', '-action', `watchdog=${hardware.watchdog}`]
      : [],
    hardware.panicDevice ? ['-device', 'pvpanic-pci,id=panic0'] : [],
    hardware.sound ? sound(hardware.sound) : [],
    hardware.tpm ? softwareTpm(sockets.tpm) : [],
  ].flat()
}

/** Where tablets and disks are plugged in: it must be there before they are. */
export function usbArguments({ hardware, disks }: GuestSpec): string[] {
  const isWanted = hardware.inputs.some(({ bus }) => bus === 'usb') || needsUsb(disks)
  return isWanted ? ['-device', 'qemu-xhci,id=usb0'] : []
}

function graphics({ hardware }: GuestSpec, socket: string): string[] {
  const device = VIDEO_DEVICES[hardware.video ?? 'vga']
  if (device === undefined) throw new Error(`this node has no ${hardware.video} video device`)
  return ['-device', `${device},id=video0`, '-vnc', `unix:${escaped(socket)}`]
}

function serialConsole(socket: string): string[] {
  const options = `socket,id=serial0,path=${escaped(socket)},server=on,wait=off`
  return ['-chardev', options, '-serial', 'chardev:serial0']
}

function agentChannel(socket: string): string[] {
  const options = `socket,id=${AGENT_ID},path=${escaped(socket)},server=on,wait=off`
  return [
    ['-device', 'virtio-serial-pci,id=channels0', '-chardev', options],
    ['-device', `virtserialport,chardev=${AGENT_ID},name=${AGENT_PORT},id=${AGENT_ID}`],
  ].flat()
}

function softwareTpm(socket: string): string[] {
  return [
    ['-chardev', `socket,id=tpm0,path=${escaped(socket)}`],
    ['-tpmdev', 'emulator,id=tpm0,chardev=tpm0', '-device', 'tpm-crb,tpmdev=tpm0'],
  ].flat()
}

/** Nobody listens, but the guest has a card. */
function sound(model: 'ich9' | 'ac97'): string[] {
  const card =
    model === 'ac97'
      ? ['-device', 'AC97,audiodev=sound0,id=sound0']
      : ['-device', 'ich9-intel-hda,id=sound0', '-device', 'hda-duplex,audiodev=sound0']
  return ['-audiodev', 'none,id=sound0', ...card]
}
