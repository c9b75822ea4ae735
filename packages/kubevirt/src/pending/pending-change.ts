export interface CpuTopology {
  sockets: number
  cores: number
  threads: number
}

/** Something that a VM's definition says and its running guest does not have, or the reverse. */
export type PendingChange =
  | { subject: 'cpu'; before: CpuTopology; after: CpuTopology }
  /** Quantities of Kubernetes. */
  | { subject: 'memory'; before: string | undefined; after: string | undefined }
  | {
      subject: 'hostname' | 'evictionStrategy' | 'instancetype' | 'preference'
      before: string | undefined
      after: string | undefined
    }
  | { subject: 'dedicatedCpu'; before: boolean; after: boolean }
  /** Names of disks and NICs, the first to boot from first. */
  | { subject: 'bootOrder'; before: readonly string[]; after: readonly string[] }
  | {
      subject: 'disk' | 'networkInterface'
      name: string
      change: 'added' | 'removed' | 'changed'
    }
  | {
      subject: 'memoryReservation' | 'nodeSelector' | 'affinity' | 'tolerations' | 'sshKeys'
    }
  /** The user data or network data of the volume with that name. */
  | { subject: 'cloudInit'; name: string }
  /** A field of the template's spec that has no words of its own. */
  | { subject: 'other'; path: string }
