import { parseQuantity } from '@virtdeck/kubernetes'
import type { DataVolumeTemplate } from '../types.ts'
import type { DiskValues } from './storage-values.ts'
import type { GeneralValues } from './values.ts'
import { dataVolumeNameOf } from './volume-name.ts'

type Source = NonNullable<DataVolumeTemplate['spec']['source']>

/** `spec.storage`, not `spec.pvc`: what is left out comes from the class's StorageProfile. */
export function dataVolumeTemplateOf(
  disk: DiskValues,
  general: GeneralValues,
): DataVolumeTemplate {
  const { accessMode, storageClass, volumeMode } = disk
  return {
    metadata: { name: dataVolumeNameOf(general.name, disk.name) },
    spec: {
      source: sourceOf(disk, general),
      storage: {
        ...(accessMode !== '' && { accessModes: [accessMode] }),
        resources: { requests: { storage: gibibytes(disk.size) } },
        ...(storageClass !== '' && { storageClassName: storageClass }),
        ...(volumeMode !== '' && { volumeMode }),
      },
    },
  }
}

function sourceOf({ source }: DiskValues, general: GeneralValues): Source {
  const { url, urlSecret, urlCertificates, clone } = general
  if (source === 'clone') return { pvc: { namespace: clone.namespace, name: clone.claim } }
  if (source !== 'url') return { blank: {} }
  return {
    http: {
      url,
      ...(urlSecret !== '' && { secretRef: urlSecret }),
      ...(urlCertificates !== '' && { certConfigMap: urlCertificates }),
    },
  }
}

/** `10Gi`, and `512Mi` for half a GiB: whole numbers are what everybody reads and compares. */
export function gibibytes(size: string): string {
  const bytes = parseQuantity(`${Number(size)}Gi`) ?? 0
  return Number.isInteger(Number(size))
    ? `${Number(size)}Gi`
    : `${Math.ceil(bytes / 1024 ** 2)}Mi`
}
