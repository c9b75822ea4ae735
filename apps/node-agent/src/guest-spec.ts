import type { DiskFormat } from './disks/image-store.ts'
import type { Bridge } from './network/attachments.ts'

export type DiskBus = 'virtio' | 'sata' | 'scsi' | 'usb'

/** A disk as the hypervisor gets it. */
export interface GuestDisk {
  /** The name in the VMI. */
  name: string
  /** Undefined: a CD-ROM drive with nothing in it. */
  file: string | undefined
  format: DiskFormat
  bus: DiskBus
  cdrom: boolean
  readOnly: boolean
  bootOrder?: number
  serial?: string
  cache?: 'none' | 'writethrough' | 'writeback'
  io?: 'native' | 'threads'
  /** What an input or output error does; undefined: it pauses the guest. */
  errorPolicy?: 'stop' | 'ignore' | 'report' | 'enospace'
  /** Several guests may write it. */
  shareable?: boolean
  blockSize?: { logical: number; physical: number }
}

export interface GuestInterface {
  name: string
  macAddress: string
  model: 'virtio' | 'e1000' | 'e1000e' | 'rtl8139'
  bootOrder?: number
  network: GuestNetwork
}

/** What an interface is plugged into. */
export type GuestNetwork =
  /** The pod network: alone behind a small router, reached by forwarded ports. */
  | {
      kind: 'user'
      /** The address that the guest gets by DHCP. */
      address: string
      /** The only ports that are forwarded; without a list all are. */
      ports?: ForwardedPort[]
    }
  /** A bridge that is shared with other guests. */
  | {
      kind: 'bridge'
      /** `namespace/name` of the NetworkAttachmentDefinition. */
      attachment: string
      /** What that says; known when the guest starts. */
      bridge?: Bridge
    }

export type PortProtocol = 'tcp' | 'udp'

export interface ForwardedPort {
  port: number
  protocol: PortProtocol
}

/** A virtual machine as a driver starts it: no Kubernetes in here. */
export interface GuestSpec {
  name: string
  namespace: string
  hostname: string
  /** Of the firmware: what the guest sees as the system's UUID. */
  uuid: string
  serial?: string
  cpu: GuestCpu
  memoryBytes: number
  firmware: 'bios' | 'efi'
  hardware: GuestHardware
  graphics: boolean
  serialConsole: boolean
  disks: GuestDisk[]
  interfaces: GuestInterface[]
}

export interface GuestCpu {
  sockets: number
  cores: number
  threads: number
  model?: string
  /** `+avx`, `-pcid` and the like. */
  features?: string[]
}

/** What a machine has besides processors, memory, disks and network cards. */
export interface GuestHardware {
  machine: 'q35' | 'pc'
  acpi: boolean
  systemManagementMode: boolean
  secureBoot: boolean
  /** For real-time clock and timers; `localtime` is that of `timezone`. */
  clock: { timezone?: string; offsetSeconds?: number; hpet: boolean; catchUp: boolean }
  /** Names of QEMU's CPU flags for Windows: `hv-relaxed`. */
  hyperv: string[]
  hideKvm: boolean
  /** As KubeVirt names them: `vga`, `virtio`, `bochs`; undefined: whatever suits. */
  video?: string
  inputs: { bus: 'usb' | 'virtio' }[]
  randomNumbers: boolean
  memoryBalloon: boolean
  /** Prepares for disks that are plugged in while the guest runs. */
  hotplug: boolean
  watchdog?: 'poweroff' | 'reset' | 'shutdown'
  sound?: 'ich9' | 'ac97'
  panicDevice: boolean
  tpm: boolean
  chassis?: Partial<Record<'manufacturer' | 'version' | 'serial' | 'asset' | 'sku', string>>
}
