import type {
  IoK8sApiCoreV1PersistentVolume as PersistentVolume,
  IoK8sApiCoreV1PersistentVolumeClaim as PersistentVolumeClaim,
  IoK8sApiStorageV1StorageClass as StorageClass,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { AGE } from './columns.ts'
import { builtInKind, type Column, type KindRequest } from './define.ts'
import {
  claimCauses,
  resizeRefusal,
  storageClassCauses,
  volumeCauses,
} from './storage-rules.ts'

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class'
const ACCESS_MODE_LETTERS: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}

export const persistentVolumeClaim = builtInKind<PersistentVolumeClaim>({
  group: '',
  versions: ['v1'],
  kind: 'PersistentVolumeClaim',
  resource: 'persistentvolumeclaims',
  component: 'io.k8s.api.core.v1.PersistentVolumeClaim',
  shortNames: ['pvc'],
  namespaced: true,
  hasStatus: true,
  columns: [
    text('Status', ({ metadata, status }) =>
      metadata?.deletionTimestamp ? 'Terminating' : status?.phase,
    ),
    text('Volume', ({ spec }) => spec?.volumeName ?? ''),
    text('Capacity', ({ spec, status }) =>
      spec?.volumeName ? (status?.capacity?.storage ?? '') : '',
    ),
    text('Access Modes', ({ spec, status }) =>
      spec?.volumeName ? accessModes(status?.accessModes) : '',
    ),
    text('StorageClass', ({ spec }) => spec?.storageClassName ?? ''),
    text('VolumeAttributesClass', ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>'),
    AGE,
    { ...text('VolumeMode', ({ spec }) => spec?.volumeMode ?? '<unset>'), priority: 1 },
  ],
  prepare: (request) => {
    const { operation, object } = request
    if (request.subresource) return
    if (operation === 'create') {
      addFinalizer(object, 'kubernetes.io/pvc-protection')
      object.status = { phase: 'Pending' }
    }
    const spec = (object.spec ??= {})
    spec.volumeMode ??= 'Filesystem'
    if (operation === 'create' && spec.storageClassName === undefined) {
      const storageClassName = defaultStorageClass(request)
      if (storageClassName) spec.storageClassName = storageClassName
    }
  },
  admit: ({ object, oldObject, lookup }) => {
    const name = object.metadata?.name ?? ''
    const causes = claimCauses(object, oldObject)
    if (causes.length > 0) throw statusErrors.invalid(persistentVolumeClaim, name, causes)
    const className = object.spec?.storageClassName ?? ''
    const storageClass = lookup('storageclasses.storage.k8s.io', undefined, className)
    const refusal =
      oldObject && resizeRefusal(object, oldObject, storageClass as StorageClass | undefined)
    if (refusal) throw statusErrors.forbidden(persistentVolumeClaim, name, refusal)
  },
})

export const persistentVolume = builtInKind<PersistentVolume>({
  group: '',
  versions: ['v1'],
  kind: 'PersistentVolume',
  resource: 'persistentvolumes',
  component: 'io.k8s.api.core.v1.PersistentVolume',
  shortNames: ['pv'],
  namespaced: false,
  hasStatus: true,
  columns: [
    volumeText('Capacity', ({ spec }) => spec?.capacity?.storage ?? ''),
    volumeText('Access Modes', ({ spec }) => accessModes(spec?.accessModes)),
    volumeText('Reclaim Policy', ({ spec }) => spec?.persistentVolumeReclaimPolicy),
    volumeText('Status', ({ metadata, status }) =>
      metadata?.deletionTimestamp ? 'Terminating' : status?.phase,
    ),
    volumeText('Claim', ({ spec }) =>
      spec?.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '',
    ),
    volumeText('StorageClass', ({ spec }) => spec?.storageClassName ?? ''),
    volumeText(
      'VolumeAttributesClass',
      ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>',
    ),
    volumeText('Reason', ({ status }) => status?.reason ?? ''),
    AGE,
    { ...volumeText('VolumeMode', ({ spec }) => spec?.volumeMode ?? '<unset>'), priority: 1 },
  ],
  prepare: ({ operation, object, subresource }) => {
    if (subresource) return
    if (operation === 'create') {
      addFinalizer(object, 'kubernetes.io/pv-protection')
      object.status = { phase: 'Pending' }
    }
    const spec = (object.spec ??= {})
    spec.persistentVolumeReclaimPolicy ??= 'Retain'
    spec.volumeMode ??= 'Filesystem'
  },
  admit: ({ object, oldObject }) => {
    const causes = volumeCauses(object, oldObject)
    if (causes.length > 0) {
      throw statusErrors.invalid(persistentVolume, object.metadata?.name ?? '', causes)
    }
  },
})

export const storageClass = builtInKind<StorageClass>({
  group: 'storage.k8s.io',
  versions: ['v1'],
  kind: 'StorageClass',
  resource: 'storageclasses',
  component: 'io.k8s.api.storage.v1.StorageClass',
  shortNames: ['sc'],
  namespaced: false,
  nameCell: ({ metadata }) =>
    metadata?.annotations?.[DEFAULT_CLASS] === 'true'
      ? `${metadata.name} (default)`
      : (metadata?.name ?? ''),
  columns: [
    { name: 'Provisioner', type: 'string', cell: ({ provisioner }) => provisioner },
    {
      name: 'ReclaimPolicy',
      type: 'string',
      cell: ({ reclaimPolicy }) => reclaimPolicy,
    },
    {
      name: 'VolumeBindingMode',
      type: 'string',
      cell: ({ volumeBindingMode }) => volumeBindingMode,
    },
    {
      name: 'AllowVolumeExpansion',
      type: 'string',
      cell: ({ allowVolumeExpansion }) => allowVolumeExpansion ?? false,
    },
    AGE,
  ],
  prepare: ({ object }) => {
    object.reclaimPolicy ??= 'Delete'
    object.volumeBindingMode ??= 'Immediate'
  },
  admit: ({ object, oldObject }) => {
    const causes = storageClassCauses(object, oldObject)
    if (causes.length > 0) {
      throw statusErrors.invalid(storageClass, object.metadata?.name ?? '', causes)
    }
  },
})

function text(
  name: string,
  cell: Column<PersistentVolumeClaim>['cell'],
): Column<PersistentVolumeClaim> {
  return { name, type: 'string', cell }
}

function volumeText(
  name: string,
  cell: Column<PersistentVolume>['cell'],
): Column<PersistentVolume> {
  return { name, type: 'string', cell }
}

function accessModes(modes: readonly string[] | undefined): string {
  return (modes ?? []).map((mode) => ACCESS_MODE_LETTERS[mode] ?? mode).join(',')
}

function addFinalizer(
  object: PersistentVolume | PersistentVolumeClaim,
  finalizer: string,
): void {
  const metadata = (object.metadata ??= {})
  if (!metadata.finalizers?.includes(finalizer)) {
    metadata.finalizers = [...(metadata.finalizers ?? []), finalizer]
  }
}

function defaultStorageClass({ lookupAll }: KindRequest<PersistentVolumeClaim>) {
  const classes = lookupAll?.('storageclasses.storage.k8s.io', undefined) ?? []
  for (const { metadata } of classes) {
    if (metadata?.annotations?.[DEFAULT_CLASS] === 'true') return metadata.name
  }
  return undefined
}
