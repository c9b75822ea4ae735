import type { Duplex } from 'node:stream'
import type { GuestDisk, GuestSpec, PortProtocol } from '../guest-spec.ts'

export type DriverName = 'qemu' | 'simulated'

/** How a guest came to its end. */
export type GuestEnd =
  /** The guest switched itself off, because it was asked to or by its own will. */
  | { kind: 'shutdown' }
  /** It died or was killed. */
  | { kind: 'crash'; message: string }

export interface GuestEvents {
  onEnd: (end: GuestEnd) => void
  /** Running or paused changed, or the guest was reset. */
  onChange: () => void
}

/** Counters begin with the guest's start and only grow. */
export interface GuestStats {
  /** CPU time, with the emulation's own. */
  cpuSeconds: number
  runningSeconds: number
  /** What it really takes of the machine's memory. */
  memoryBytes: number
  /** What the guest was given. */
  memorySizeBytes: number
  /** What its balloon driver tells; absent without one. */
  guestMemory?: GuestMemoryStats
  disks: DiskStats[]
}

export interface GuestMemoryStats {
  totalBytes: number
  unusedBytes: number
  /** Unused, or given back when somebody needs it. */
  usableBytes: number
  cachedBytes: number
}

export interface DiskStats {
  name: string
  readBytes: number
  readOperations: number
  readSeconds: number
  writtenBytes: number
  writeOperations: number
  writeSeconds: number
  flushOperations: number
  flushSeconds: number
}

export interface GuestPort {
  /** Index of the interface, which is one on the pod network. */
  nic: number
  port: number
  protocol: PortProtocol
}

/** Where a guest keeps its files, and how it is told apart from others. */
export interface GuestPlace {
  /** UID of the VMI. */
  uid: string
  /** Lasts as long as the VMI. */
  directory: string
}

/** A disk or CD-ROM drive that a guest has. */
export interface AttachedDisk {
  name: string
  /** Undefined: nothing is in the drive. */
  file: string | undefined
  format: string
  /** As the guest sees it. */
  bytes: number
}

/** A guest that runs. */
export interface Guest {
  readonly paused: boolean
  /** Why it is paused: somebody wanted it, or a disk could not be read or written. */
  readonly pausedBy: 'user' | 'io-error'
  /** The machine's full name (`pc-q35-7.2`), where there is a machine. */
  readonly machineType: string | undefined
  /** Whether something in the guest listens to the guest agent's commands. */
  readonly agentConnected: boolean
  /** A command of QEMU's guest agent. */
  agent: (command: string, args?: Record<string, unknown>) => Promise<unknown>
  /** All disks that it has now. */
  disks: () => Promise<AttachedDisk[]>
  attachDisk: (disk: GuestDisk) => Promise<void>
  /** Resolves when the guest has let go of it. */
  detachDisk: (name: string) => Promise<void>
  /** Puts another medium into a CD-ROM drive, or takes it out. */
  changeMedium: (name: string, disk: GuestDisk | undefined) => Promise<void>
  /** Tells the guest that a disk has grown. */
  resizeDisk: (name: string, bytes: number) => Promise<void>
  /** Plugs or pulls the cable of an interface. */
  setLink: (nic: string, isUp: boolean) => Promise<void>
  /** The one and only serial connection; the serial broker shares it among viewers. */
  openSerial: () => Promise<Duplex>
  /** A new RFB connection for one viewer. */
  openVnc: () => Promise<Duplex>
  /** A connection to a port of the guest; with UDP each chunk is a datagram. */
  openPort: (target: GuestPort) => Promise<Duplex>
  /**
   * The Ethernet frames of an interface on a bridge, in both directions; a length of four bytes,
   * big-endian, precedes each.
   */
  openInterface: (nic: number) => Promise<Duplex>
  /** Presses the power button; the guest may take its time or ignore it. */
  powerDown: () => Promise<void>
  kill: () => Promise<void>
  pause: () => Promise<void>
  resume: () => Promise<void>
  /** Like the reset button. */
  reset: () => Promise<void>
  /** Shuts the guest's system down and starts it again in place. */
  softReboot: () => Promise<void>
  /** PNG. */
  screenshot: () => Promise<Buffer>
  stats: () => Promise<GuestStats>
  /** Forgets the guest without stopping it, so that the next agent finds it running. */
  detach: () => void
}

/** What runs guests. */
export interface Driver {
  readonly name: DriverName
  /** `kvm`, `tcg`, or `none` for simulated guests. */
  readonly accelerator: string
  /** Whether guests need disks, and a slot while they boot. */
  readonly heavy: boolean
  /** Models that guests may ask for by name. */
  cpuModels: () => Promise<string[]>
  start: (place: GuestPlace, spec: GuestSpec, events: GuestEvents) => Promise<Guest>
  /** Finds a guest that an earlier agent started; undefined if it is gone. */
  attach: (place: GuestPlace, events: GuestEvents) => Promise<Guest | undefined>
}
