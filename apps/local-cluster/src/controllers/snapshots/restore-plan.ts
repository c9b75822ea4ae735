import type { V1beta1VirtualMachineRestore } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { bytesToQuantity, parseQuantity, type KubernetesObject } from '@virtdeck/kubernetes'
import type { PersistentVolumeClaim, VirtualMachine } from '../informers.ts'
import type { VirtualMachineSnapshotContent } from './snapshot-content.ts'

export type VirtualMachineRestore = V1beta1VirtualMachineRestore
type VolumeRestore = NonNullable<
  NonNullable<VirtualMachineRestore['status']>['restores']
>[number]
type Spec = VirtualMachine['spec']

export const RESTORE_NAME = 'restore.kubevirt.io/name'
const LAST_RESTORE = 'restore.kubevirt.io/lastRestoreUID'

/** Annotations that tell of the old volume and not of its use. */
const OLD = [
  'pv.kubernetes.io',
  'volume.beta.kubernetes.io',
  'cdi.kubevirt.io',
  'volume.kubernetes.io',
  'k8s.io/CloneRequest',
  'k8s.io/CloneOf',
]

/** Which claim each volume gets. */
export function volumeRestores(
  { metadata, spec }: VirtualMachineRestore,
  content: VirtualMachineSnapshotContent,
): VolumeRestore[] {
  const templates = content.spec.source.virtualMachine?.spec?.dataVolumeTemplates ?? []
  return (content.spec.volumeBackups ?? []).map((backup) => {
    const { volumeName, volumeSnapshotName = '', persistentVolumeClaim } = backup
    const override = spec.volumeRestoreOverrides?.find((each) => each.volumeName === volumeName)
    const name = override?.restoreName ?? `restore-${metadata?.uid}-${volumeName}`
    const before = persistentVolumeClaim.metadata?.name
    const templated = templates.some((template) => template.metadata?.name === before)
    return {
      volumeName,
      persistentVolumeClaim: name,
      volumeSnapshotName,
      ...(templated && { dataVolumeName: name }),
    }
  })
}

/** The claim that brings a volume's data back. */
export function restoredClaim(options: {
  restore: VirtualMachineRestore
  volume: VolumeRestore
  content: VirtualMachineSnapshotContent
  /** Bytes that the data needs at least. */
  restoreSize: number
}): PersistentVolumeClaim {
  const { restore, volume, content, restoreSize } = options
  const backup = content.spec.volumeBackups?.find(
    ({ volumeName }) => volumeName === volume.volumeName,
  )
  const { metadata, spec } = backup?.persistentVolumeClaim ?? {}
  const override = restore.spec.volumeRestoreOverrides?.find(
    ({ volumeName }) => volumeName === volume.volumeName,
  )
  const source = content.spec.source.virtualMachine?.metadata
  const kept = Object.entries(metadata?.annotations ?? {}).filter(
    ([key]) => !OLD.some((prefix) => key.startsWith(prefix)),
  )
  const { volumeName: _volumeName, resources, ...rest } = spec ?? {}
  const wanted = parseQuantity(String(resources?.requests?.['storage'] ?? 0)) ?? 0
  const storage = bytesToQuantity(Math.max(wanted, restoreSize))
  const dataSource = {
    apiGroup: 'snapshot.storage.k8s.io',
    kind: 'VolumeSnapshot',
    name: volume.volumeSnapshotName,
  }
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: volume.persistentVolumeClaim,
      namespace: restore.metadata?.namespace ?? '',
      labels: {
        ...metadata?.labels,
        ...override?.labels,
        'restore.kubevirt.io/source-vm-name': source?.name ?? '',
        'restore.kubevirt.io/source-vm-namespace': source?.namespace ?? '',
      },
      annotations: {
        ...Object.fromEntries(kept),
        ...override?.annotations,
        [RESTORE_NAME]: restore.metadata?.name ?? '',
      },
    },
    spec: {
      ...rest,
      dataSource,
      dataSourceRef: dataSource,
      resources: { ...resources, requests: { ...resources?.requests, storage } },
    },
  }
}

/** The snapshotted spec with its volumes on the restored claims; nothing runs from it yet. */
export function restoredSpec(
  content: VirtualMachineSnapshotContent,
  restores: readonly VolumeRestore[],
): Spec {
  const spec = structuredClone(content.spec.source.virtualMachine?.spec) as Spec
  const claimOf = new Map(restores.map((each) => [each.volumeName, each.persistentVolumeClaim]))
  const renamed = new Map<string, string>()
  for (const volume of spec.template.spec?.volumes ?? []) {
    const claimName = claimOf.get(volume.name)
    if (claimName === undefined) continue
    if (volume.dataVolume) {
      renamed.set(volume.dataVolume.name, claimName)
      volume.dataVolume = { ...volume.dataVolume, name: claimName }
    } else if (volume.persistentVolumeClaim) {
      volume.persistentVolumeClaim = { ...volume.persistentVolumeClaim, claimName }
    }
  }
  for (const template of spec.dataVolumeTemplates ?? []) {
    const name = renamed.get(template.metadata?.name ?? '')
    if (name === undefined) continue
    const annotations = {
      ...template.metadata?.annotations,
      'cdi.kubevirt.io/storage.prePopulated': name,
    }
    template.metadata = { ...template.metadata, name, annotations }
  }
  // A volume that was no DataVolume of this VM's own stays a claim.
  const own = new Set((spec.dataVolumeTemplates ?? []).map(({ metadata }) => metadata?.name))
  for (const volume of spec.template.spec?.volumes ?? []) {
    const name = volume.dataVolume?.name
    if (name === undefined || !claimOf.has(volume.name) || own.has(name)) continue
    delete volume.dataVolume
    volume.persistentVolumeClaim = { claimName: name }
  }
  if (spec.running === undefined) spec.runStrategy = 'Halted'
  else spec.running = false
  return spec
}

export const restoreMark = ({ metadata }: VirtualMachineRestore): string =>
  `${metadata?.name}-${metadata?.uid}`

/** Whether the restore has reached the VM. */
export const isRestored = (
  { metadata }: KubernetesObject,
  restore: VirtualMachineRestore,
): boolean => metadata?.annotations?.[LAST_RESTORE] === restoreMark(restore)

export function markRestored(restore: VirtualMachineRestore): Record<string, string> {
  return { [LAST_RESTORE]: restoreMark(restore) }
}
