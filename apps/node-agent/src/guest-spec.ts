import type { DiskFormat } from './disks/image-store.ts'
import type { Bridge } from './network/attachments.ts'

export type DiskBus = 'virtio' | 'sata' | 'scsi'

/** A disk as the hypervisor gets it. */
export interface GuestDisk {
  /** The name in the VMI. */
  name: string
  file: string
  format: DiskFormat
  bus: DiskBus
  cdrom: boolean
  readOnly: boolean
  bootOrder?: number
  serial?: string
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
  cpu: { sockets: number; cores: number; threads: number; model?: string }
  memoryBytes: number
  firmware: 'bios' | 'efi'
  graphics: boolean
  serialConsole: boolean
  disks: GuestDisk[]
  interfaces: GuestInterface[]
}
