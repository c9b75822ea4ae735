import type {
  IoK8sApiCoreV1PersistentVolume as PersistentVolume,
  IoK8sApiCoreV1PersistentVolumeClaim as PersistentVolumeClaim,
  IoK8sApiStorageV1StorageClass as StorageClass,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { parseQuantity, type StatusCause } from '@virtdeck/kubernetes'
import { forbidden, immutable, invalid, required, when } from './field-errors.ts'
import { dnsSubdomainProblems } from './names.ts'
import { nodeSelectorProblems } from './scheduling-rules.ts'

const RWOP = 'ReadWriteOncePod'
const bytes = (quantity: string | undefined): number => parseQuantity(quantity ?? '0') ?? 0

/** What is wrong with a claim, in the words of kubernetes `pkg/apis/core/validation`. */
export function claimCauses(
  { spec }: PersistentVolumeClaim,
  old?: PersistentVolumeClaim,
): StatusCause[] {
  const { accessModes = [], storageClassName = '' } = spec ?? {}
  const storage = spec?.resources?.requests?.storage
  const causes = [
    ...when(accessModes.length === 0, () =>
      required('spec.accessModes', 'at least 1 access mode is required'),
    ),
    ...when(accessModes.includes(RWOP) && accessModes.length > 1, () =>
      forbidden('spec.accessModes', 'may not use ReadWriteOncePod with other access modes'),
    ),
    ...when(storage === undefined, () => required('spec.resources[storage]')),
    ...when(storage !== undefined && bytes(storage) <= 0, () =>
      invalid('spec.resources[storage]', String(storage), 'must be greater than zero'),
    ),
    ...(storageClassName
      ? dnsSubdomainProblems(storageClassName).map((problem) =>
          invalid('spec.storageClassName', storageClassName, problem),
        )
      : []),
  ]
  if (!old) return causes
  if (changesClaim(old, { spec: spec ?? {} })) {
    causes.push(
      forbidden(
        'spec',
        'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
      ),
    )
  }
  const shrinks = bytes(storage) < bytes(old.spec?.resources?.requests?.storage)
  if (shrinks && bytes(storage) <= bytes(old.status?.capacity?.storage)) {
    const detail = 'field can not be less than status.capacity'
    causes.push(forbidden('spec.resources.requests.storage', detail))
  }
  return causes
}

/** Why a claim may not grow: 403s of an admission plugin. */
export function resizeRefusal(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
  storageClass: StorageClass | undefined,
): string | undefined {
  const [now, before] = [claim, old].map(({ spec }) =>
    bytes(spec?.resources?.requests?.storage),
  )
  if ((now ?? 0) <= (before ?? 0)) return undefined
  if (old.status?.phase !== 'Bound') {
    return 'Only bound persistent volume claims can be expanded'
  }
  return storageClass?.allowVolumeExpansion
    ? undefined
    : 'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize'
}

/** Everything but the requested size is fixed; the volume's name may be set once, by binding. */
function changesClaim(before: PersistentVolumeClaim, after: PersistentVolumeClaim): boolean {
  const fixed = ({ spec }: PersistentVolumeClaim) => ({
    ...spec,
    resources: undefined,
    volumeAttributesClassName: undefined,
    volumeName: before.spec?.volumeName ? spec?.volumeName : undefined,
  })
  return canonical(fixed(before)) !== canonical(fixed(after))
}

const VOLUME_FIELDS = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
])

type VolumeSpec = NonNullable<PersistentVolume['spec']>

/** The fields that say what a volume is made of. */
function sourcesOf(spec: VolumeSpec): [string, unknown][] {
  return Object.entries(spec).filter(([name, value]) => !VOLUME_FIELDS.has(name) && value)
}

export function volumeCauses(
  { spec = {} }: PersistentVolume,
  old?: PersistentVolume,
): StatusCause[] {
  const { accessModes = [], capacity, local, hostPath, nodeAffinity } = spec
  const sources = sourcesOf(spec)
  const terms = nodeAffinity?.required
  const causes = [
    ...when(accessModes.length === 0, () => required('spec.accessModes')),
    ...when(accessModes.includes(RWOP) && accessModes.length > 1, () =>
      forbidden('spec.accessModes', 'may not use ReadWriteOncePod with other access modes'),
    ),
    ...when(!capacity, () => required('spec.capacity')),
    ...when(capacity?.storage !== undefined && bytes(capacity.storage) <= 0, () =>
      invalid('spec.capacity[storage]', capacity?.storage, 'must be greater than zero'),
    ),
    ...when(sources.length === 0, () => required('spec', 'must specify a volume type')),
    ...sources
      .slice(1)
      .map(([name]) => forbidden(`spec.${name}`, 'may not specify more than 1 volume type')),
    ...when(!!hostPath && !hostPath.path, () => required('spec.hostPath.path')),
    ...when(!!local && !local.path, () => required('spec.local.path')),
    ...when(!!local && !terms, () =>
      required('spec.nodeAffinity', 'Local volume requires node affinity'),
    ),
    ...(terms
      ? nodeSelectorProblems('spec.nodeAffinity.required', terms.nodeSelectorTerms)
      : []),
  ]
  if (!old?.spec) return causes
  const before = old.spec
  return [
    ...causes,
    ...when(canonical(sourcesOf(before)) !== canonical(sources), () =>
      forbidden(
        'spec.persistentvolumesource',
        'spec.persistentvolumesource is immutable after creation',
      ),
    ),
    ...when(before.volumeMode !== spec.volumeMode, () =>
      immutable('spec.volumeMode', spec.volumeMode),
    ),
    ...when(
      !!before.nodeAffinity && canonical(before.nodeAffinity) !== canonical(nodeAffinity),
      () => immutable('spec.nodeAffinity', nodeAffinity),
    ),
  ]
}

export function storageClassCauses(
  storageClass: StorageClass,
  old?: StorageClass,
): StatusCause[] {
  const { provisioner, reclaimPolicy, volumeBindingMode, parameters } = storageClass
  if (!provisioner) return [required('provisioner')]
  if (!old) return []
  const fixed = (field: string, before: unknown, after: unknown) =>
    when(canonical(before) !== canonical(after), () =>
      forbidden(field, `updates to ${field} are forbidden.`),
    )
  return [
    ...fixed('parameters', old.parameters, parameters),
    ...fixed('provisioner', old.provisioner, provisioner),
    ...fixed('reclaimPolicy', old.reclaimPolicy, reclaimPolicy),
    ...when(old.volumeBindingMode !== volumeBindingMode, () =>
      immutable('volumeBindingMode', volumeBindingMode),
    ),
  ]
}

/** As text, in which the order of fields makes no difference. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, nested: unknown) =>
      nested && typeof nested === 'object' && !Array.isArray(nested)
        ? Object.fromEntries(Object.entries(nested).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : nested,
    ) ?? ''
  )
}
