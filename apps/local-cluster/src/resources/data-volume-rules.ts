import { isDeepStrictEqual } from 'node:util'
import type {
  V1beta1DataImportCron as DataImportCron,
  V1beta1DataVolume as DataVolume,
  V1beta1DataVolumeSource as Source,
  V1beta1DataVolumeSpec as DataVolumeSpec,
} from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
import type { IoK8sApiCoreV1PersistentVolumeClaim as PersistentVolumeClaim } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { controllerOf, parseQuantity, type StatusCause } from '@virtdeck/kubernetes'
import type { AdmissionRequest } from '../registry.ts'
import type { KindRequest } from './define.ts'

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce']
const POPULATED_FOR = 'cdi.kubevirt.io/storage.populatedFor'

type Reason = 'FieldValueInvalid' | 'FieldValueDuplicate' | 'FieldValueNotFound'

function problem(
  field: string,
  message: string,
  reason: Reason = 'FieldValueInvalid',
): StatusCause {
  return { reason, message, field }
}

/**
 * The first thing that is wrong with a DataVolume: CDI's webhook says no more. Words and paths are
 * its own (`pkg/apiserver/webhooks/datavolume-validate.go`).
 */
export function dataVolumeCauses(request: KindRequest<DataVolume>): StatusCause[] {
  const { operation, object, oldObject, lookup } = request
  if (operation === 'update') {
    return isDeepStrictEqual(object.spec, oldObject?.spec)
      ? []
      : [problem('DataVolume.Spec', 'Cannot update DataVolume Spec', 'FieldValueDuplicate')]
  }
  const { name = '', namespace = '' } = object.metadata ?? {}
  const claim = lookup('persistentvolumeclaims', namespace, name)
  const adopted =
    claim?.metadata?.annotations?.[POPULATED_FOR] === name ||
    (claim && controllerOf(claim)?.kind === 'DataVolume')
  if (claim && !adopted) {
    const message = `Destination PVC ${namespace}/${name} already exists`
    return [problem('DataVolume.Name', message, 'FieldValueDuplicate')]
  }
  const first = specProblem('spec', object.spec, namespace, lookup)
  return first ? [first] : []
}

type Lookup = AdmissionRequest['lookup']

function specProblem(
  field: string,
  spec: DataVolumeSpec,
  namespace: string,
  lookup: Lookup,
): StatusCause | undefined {
  const { pvc, storage, source, sourceRef, contentType } = spec
  const populated =
    pvc?.dataSource ?? pvc?.dataSourceRef ?? storage?.dataSource ?? storage?.dataSourceRef
  if (!pvc && !storage) return problem(`${field}.PVC`, 'Missing Data volume PVC')
  if (pvc && storage) {
    const message = 'Duplicate storage definition, both target storage and target pvc defined'
    return problem(`${field}.PVC.Storage`, message)
  }
  const target = targetProblem(field, spec, !!populated)
  if (target) return target
  if (populated && (source || sourceRef)) {
    const message = 'External population is incompatible with Source and SourceRef'
    return problem(`${field}.source`, message)
  }
  if (populated) return undefined
  if (!source && !sourceRef) {
    const message =
      'Data volume should have either Source or SourceRef, or be externally populated'
    return problem(`${field}.source`, message)
  }
  if (source && sourceRef) {
    return problem(`${field}.source`, 'Data volume should have either Source or SourceRef')
  }
  if (sourceRef) return sourceReferenceProblem(field, sourceRef, namespace, lookup)
  return source && sourceProblem(field, source, contentType ?? '', { spec, lookup })
}

function targetProblem(
  field: string,
  { pvc, storage, source, sourceRef }: DataVolumeSpec,
  populated: boolean,
): StatusCause | undefined {
  const [name, target] = pvc ? ['PVC', pvc] : ['Storage', storage]
  const size = target?.resources?.requests?.storage
  const sizeField = `${field}.${name}.resources.requests.size`
  // A clone takes its source's size, where it is left out of `storage`.
  const sizeless = !pvc && (!!sourceRef || !!source?.pvc || !!source?.snapshot || populated)
  if (size === undefined && !sizeless) return problem(sizeField, `${name} size is missing`)
  if (size !== undefined && (parseQuantity(size) ?? 0) <= 0) {
    return problem(sizeField, `${name} size can't be equal or less than zero`)
  }
  const modes = target?.accessModes ?? []
  const modesField = `${field}.PVC.accessModes`
  if (pvc && modes.length === 0) {
    return problem(modesField, 'Required value: at least 1 access mode is required')
  }
  if (pvc && modes.length > 1) return problem(modesField, 'PVC multiple accessModes')
  if (modes.every((mode) => ACCESS_MODES.includes(mode))) return undefined
  const supported = ACCESS_MODES.map((mode) => `"${mode}"`).join(', ')
  return problem(modesField, `Unsupported value: "${modes[0]}": supported values: ${supported}`)
}

function sourceReferenceProblem(
  field: string,
  { kind, name, namespace: other }: NonNullable<DataVolumeSpec['sourceRef']>,
  namespace: string,
  lookup: Lookup,
): StatusCause | undefined {
  const at = `${field}.sourceRef`
  if (!kind) return problem(`${at}.Kind`, 'Missing sourceRef kind')
  if (kind !== 'DataSource') {
    const message = `Unsupported sourceRef kind ${kind}, currently only DataSource is supported`
    return problem(`${at}.Kind`, message)
  }
  if (!name) return problem(`${at}.Name`, 'Missing sourceRef name')
  const where = other ?? namespace
  return lookup('datasources.cdi.kubevirt.io', where, name)
    ? undefined
    : problem(at, `SourceRef ${kind}/${where}/${name} not found`, 'FieldValueNotFound')
}

const URL_SOURCES = {
  http: 'HTTP',
  s3: 'S3',
  gcs: 'GCS',
  imageio: 'Imageio',
  vddk: 'VDDK',
} as const

function sourceProblem(
  field: string,
  source: Source,
  contentType: string,
  { spec, lookup }: { spec: DataVolumeSpec; lookup: Lookup },
): StatusCause | undefined {
  const types = Object.values(source).filter(Boolean).length
  if (types === 0) return problem(`${field}.source`, 'Missing Data volume source')
  if (types > 1) return problem(`${field}.source`, 'Multiple Data volume sources')
  for (const [type, name] of Object.entries(URL_SOURCES)) {
    const from = source[type as keyof typeof URL_SOURCES]
    const wrong = from && urlProblem(from.url, type)
    if (wrong) return problem(`${field}.source.${name}.url`, `${field}.source ${wrong}`)
  }
  if (contentType && contentType !== 'kubevirt' && contentType !== 'archive') {
    return problem(`${field}.contentType`, 'ContentType not one of: kubevirt, archive')
  }
  if (source.blank && contentType === 'archive') {
    const message = 'SourceType cannot be blank and the contentType be archive'
    return problem(`${field}.contentType`, message)
  }
  return (
    registryProblem(field, source, contentType) ??
    providerProblem(field, source) ??
    cloneProblem(field, source, { spec, lookup })
  )
}

function urlProblem(url: string | undefined, type: string): string | undefined {
  if (!url) return 'source URL is empty'
  if (!URL.canParse(url)) return `Invalid source URL: ${url}`
  const schemes = type === 'gcs' ? ['http:', 'https:', 'gs:'] : ['http:', 'https:']
  return schemes.includes(new URL(url).protocol)
    ? undefined
    : `Invalid source URL scheme: ${url}`
}

function registryProblem(
  field: string,
  { registry }: Source,
  contentType: string,
): StatusCause | undefined {
  if (!registry) return undefined
  if (contentType && contentType !== 'kubevirt') {
    const message = 'ContentType must be kubevirt when Source is Registry'
    return problem(`${field}.contentType`, message)
  }
  const at = `${field}.source.Registry`
  const { url, imageStream, pullMethod } = registry
  if (!url === !imageStream) {
    return problem(at, 'One of registry.url or registry.imageStream must be specified')
  }
  if (url && !/^(?:docker|oci-archive):\/\//.test(url)) {
    return problem(`${at}.URL`, `Illegal registry source URL scheme ${url}`)
  }
  if (pullMethod && pullMethod !== 'pod' && pullMethod !== 'node') {
    const message = `ImportMethod ${pullMethod} is neither pod, node or ""`
    return problem(`${at}.importMethod`, message)
  }
  return undefined
}

function providerProblem(field: string, { imageio, vddk }: Source): StatusCause | undefined {
  if (imageio && !(imageio.secretRef && imageio.certConfigMap && imageio.diskId)) {
    const at = `${field}.source.Imageio`
    return problem(at, `${at} source Imageio is not valid`)
  }
  if (vddk && !(vddk.secretRef && vddk.uuid && vddk.backingFile && vddk.thumbprint)) {
    const at = `${field}.source.VDDK`
    return problem(at, `${at} source VDDK is not valid`)
  }
  return undefined
}

/** A source that does not exist yet is waited for; one that does must fit. */
function cloneProblem(
  field: string,
  { pvc }: Source,
  { spec, lookup }: { spec: DataVolumeSpec; lookup: Lookup },
): StatusCause | undefined {
  if (!pvc) return undefined
  const at = `${field}.source.PVC`
  if (!pvc.namespace || !pvc.name) return problem(at, `${at} source PVC is not valid`)
  const claim = lookup('persistentvolumeclaims', pvc.namespace, pvc.name) as
    | PersistentVolumeClaim
    | undefined
  const needed = parseQuantity(claim?.spec?.resources?.requests?.storage ?? '0') ?? 0
  const size = (spec.pvc ?? spec.storage)?.resources?.requests?.storage
  if (!claim || size === undefined || (parseQuantity(size) ?? 0) >= needed) return undefined
  return problem(at, 'target resources requests storage size is smaller than the source')
}

export function dataImportCronCauses({
  operation,
  object,
  oldObject,
}: KindRequest<DataImportCron>): StatusCause[] {
  const { schedule, managedDataSource, garbageCollect, template } = object.spec
  if (operation === 'update') {
    return isDeepStrictEqual(object.spec, oldObject?.spec)
      ? []
      : [
          problem(
            'DataImportCron.Spec',
            'Cannot update DataImportCron Spec',
            'FieldValueDuplicate',
          ),
        ]
  }
  const { source } = template.spec
  if (source && !source.registry && !source.pvc) {
    return [problem('spec.Source', 'Missing registry source')]
  }
  if (schedule && schedule.trim().split(/\s+/).length !== 5) {
    return [problem('spec.Schedule', 'Illegal cron schedule')]
  }
  if (garbageCollect && garbageCollect !== 'Never' && garbageCollect !== 'Outdated') {
    return [problem('spec.Schedule', 'Illegal GarbageCollect value')]
  }
  return managedDataSource
    ? []
    : [problem('spec.ManagedDataSource', 'Illegal ManagedDataSource value')]
}
