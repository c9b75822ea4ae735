import type {
  V1beta1VirtualMachineSnapshot,
  V1beta1VirtualMachineSnapshotContent,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { claimNameOf } from '@virtdeck/kubevirt'
import type { PersistentVolumeClaim, VirtualMachine } from '../informers.ts'

export type VirtualMachineSnapshot = V1beta1VirtualMachineSnapshot
export type VirtualMachineSnapshotContent = V1beta1VirtualMachineSnapshotContent

export const CONTENT_FINALIZER = 'snapshot.kubevirt.io/vmsnapshotcontent-protection'

type Volume = { name: string; claimName: string }

/** The VM's volumes that are claims of their own, by volume. */
export function claimedVolumes(spec: VirtualMachine['spec']): Volume[] {
  return (spec.template.spec?.volumes ?? []).flatMap((volume) => {
    const claimName = volume.ephemeral ? undefined : claimNameOf(volume)
    return claimName === undefined ? [] : [{ name: volume.name, claimName }]
  })
}

export const contentNameOf = ({ metadata, status }: VirtualMachineSnapshot): string =>
  status?.virtualMachineSnapshotContentName ?? `vmsnapshot-content-${metadata?.uid}`

/** What a snapshot keeps of a VM: its description and, for each claim, a volume snapshot to make. */
export function newContent(
  snapshot: VirtualMachineSnapshot,
  options: {
    virtualMachine: VirtualMachine
    /** What it runs from, which may be older than what it should be. */
    spec: VirtualMachine['spec']
    claimOf: (claimName: string) => PersistentVolumeClaim | undefined
  },
): VirtualMachineSnapshotContent {
  const { virtualMachine, spec, claimOf } = options
  const { name = '', namespace = '', uid = '' } = snapshot.metadata ?? {}
  const volumeBackups = claimedVolumes(spec).flatMap((volume) => {
    const claim = claimOf(volume.claimName)
    if (!claim?.spec) return []
    return [
      {
        volumeName: volume.name,
        volumeSnapshotName: `vmsnapshot-${uid}-volume-${volume.name}`,
        persistentVolumeClaim: { metadata: simplified(claim.metadata), spec: claim.spec },
      },
    ]
  })
  return {
    apiVersion: 'snapshot.kubevirt.io/v1beta1',
    kind: 'VirtualMachineSnapshotContent',
    metadata: { name: contentNameOf(snapshot), namespace, finalizers: [CONTENT_FINALIZER] },
    spec: {
      virtualMachineSnapshotName: name,
      source: {
        virtualMachine: { metadata: simplified(virtualMachine.metadata), spec, status: {} },
      },
      volumeBackups,
    },
  } as VirtualMachineSnapshotContent
}

/** What is an object's own, without what the server knows about it. */
function simplified(metadata: VirtualMachine['metadata'] = {}) {
  const { name, namespace, labels, annotations, generation, uid } = metadata
  return {
    ...(name && { name }),
    ...(namespace && { namespace }),
    ...(labels && { labels }),
    ...(annotations && { annotations }),
    ...(generation !== undefined && { generation }),
    ...(uid && { uid }),
  }
}
