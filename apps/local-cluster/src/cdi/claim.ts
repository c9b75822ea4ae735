import type { V1beta1DataVolume as DataVolume } from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
import { ownerReferenceTo, type KubernetesObject } from '@virtdeck/kubernetes'

/** What a StorageProfile recommends for its class. */
export interface ClaimDefaults {
  accessModes: string[]
  volumeMode: string
}

const FALLBACK: ClaimDefaults = { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' }

/**
 * The PVC that holds a DataVolume: of its `pvc` as it stands, or of its `storage` with what the
 * storage class's profile recommends filled in. Source: CDI pkg/controller/datavolume.
 */
export function claimOf(
  dataVolume: DataVolume,
  defaults: ClaimDefaults = FALLBACK,
): KubernetesObject {
  const { metadata, spec } = dataVolume
  const { pvc, storage } = spec
  const claimSpec: object = pvc ?? { ...defaults, ...storage }
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: metadata?.name ?? '',
      namespace: metadata?.namespace ?? '',
      labels: { ...metadata?.labels, app: 'containerized-data-importer' },
      annotations: {
        ...metadata?.annotations,
        'cdi.kubevirt.io/storage.contentType': spec.contentType ?? 'kubevirt',
        ...sourceAnnotations(spec),
      },
      ownerReferences: [ownerReferenceTo({ ...dataVolume, ...DATA_VOLUME_KIND })],
    },
    spec: claimSpec,
  }
}

const DATA_VOLUME_KIND = { apiVersion: 'cdi.kubevirt.io/v1beta1', kind: 'DataVolume' }

function sourceAnnotations({ source }: DataVolume['spec']): Record<string, string> {
  if (source?.http) {
    return {
      'cdi.kubevirt.io/storage.import.source': 'http',
      'cdi.kubevirt.io/storage.import.endpoint': source.http.url,
    }
  }
  if (source?.blank) return { 'cdi.kubevirt.io/storage.import.source': 'none' }
  if (source?.pvc) {
    const { namespace, name } = source.pvc
    return { 'k8s.io/CloneRequest': `${namespace}/${name}` }
  }
  return {}
}
