import { createHash } from 'node:crypto'
import { ownerReferenceTo } from '@virtdeck/kubernetes'
import type { VirtualMachine, VirtualMachineInstance } from '../informers.ts'
import { OBSERVED_API_VERSIONS, VM_FINALIZER, VM_GENERATION } from './names.ts'

/** The namespace of KubeVirt's name-based firmware identities. */
const FIRMWARE_NAMESPACE = Buffer.from('6a1a24a1406146078bf4a3963d0c5895', 'hex')

export interface NewInstanceOptions {
  paused: boolean
  /** The template's spec with instance type and preference written out. */
  spec: VirtualMachineInstance['spec']
  /** Besides the template's. */
  annotations?: Record<string, string>
}

/** The instance that a VM's template describes. */
export function newInstance(
  virtualMachine: VirtualMachine,
  { paused, spec, annotations = {} }: NewInstanceOptions,
): VirtualMachineInstance {
  const { name = '', namespace = '', generation = 1 } = virtualMachine.metadata ?? {}
  const { metadata: template } = virtualMachine.spec.template
  const { domain } = spec
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: {
      name,
      namespace,
      ...(template?.labels && { labels: { ...template.labels } }),
      annotations: {
        ...OBSERVED_API_VERSIONS,
        ...annotations,
        ...template?.annotations,
        [VM_GENERATION]: String(generation),
      },
      finalizers: [VM_FINALIZER],
      ownerReferences: [
        ownerReferenceTo({
          ...virtualMachine,
          apiVersion: 'kubevirt.io/v1',
          kind: 'VirtualMachine',
        }),
      ],
    },
    spec: {
      ...spec,
      ...(paused && { startStrategy: 'Paused' }),
      domain: {
        ...domain,
        firmware: { ...domain.firmware, uuid: domain.firmware?.uuid ?? firmwareUuid(name) },
      },
    },
    status: { virtualMachineRevisionName: revisionName(virtualMachine) },
  }
}

/** Older VMs have no firmware identity of their own: it follows from the name (UUID version 5). */
function firmwareUuid(name: string): string {
  const hash = createHash('sha1').update(FIRMWARE_NAMESPACE).update(name).digest()
  hash.writeUInt8(((hash[6] ?? 0) & 0x0f) | 0x50, 6)
  hash.writeUInt8(((hash[8] ?? 0) & 0x3f) | 0x80, 8)
  const hex = hash.toString('hex')
  const parts = [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ] as const
  return parts.map(([start, end]) => hex.slice(start, end)).join('-')
}

/** The ControllerRevision that keeps what an instance was started from. */
export function revisionName({ metadata }: VirtualMachine): string {
  return `revision-start-vm-${metadata?.uid}-${metadata?.generation ?? 1}`
}
