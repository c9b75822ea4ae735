import {
  statusErrors,
  type KubernetesObject,
  type ObjectMeta,
  type StatusCause,
} from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../registry.ts'
import { invalid, required, when } from '../resources/field-errors.ts'
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  labelValueProblems,
  qualifiedNameProblems,
} from '../resources/names.ts'

interface OwnerReference {
  apiVersion?: string
  kind?: string
  name?: string
  uid?: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

const LONGEST_ANNOTATIONS = 256 * 1024

/** What is wrong with a name of the kind; of a prefix, the suffix that follows is made up. */
function nameProblems(definition: ResourceDefinition, name: string, prefix: boolean): string[] {
  const probe = prefix ? name.replace(/-$/, 'a') : name
  const { nameFormat = 'subdomain' } = definition
  switch (nameFormat) {
    case 'any':
      return pathSegmentProblems(probe, prefix)
    case 'label':
      return dnsLabelProblems(probe)
    case 'subdomain':
      return dnsSubdomainProblems(probe)
    case 'label1035':
      return serviceNameProblems(probe)
    default:
      return nameFormat satisfies never
  }
}

const DNS_1035 =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"

/** Services are names in DNS of the older, stricter form. */
function serviceNameProblems(name: string): string[] {
  return [
    ...(name.length > 63 ? ['must be no more than 63 characters'] : []),
    ...(/^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(name) ? [] : [DNS_1035]),
  ]
}

/** Names that only have to fit into a path. */
function pathSegmentProblems(name: string, prefix: boolean): string[] {
  if (!prefix && (name === '.' || name === '..')) return [`may not be '${name}'`]
  return ['/', '%'].flatMap((character) =>
    name.includes(character) ? [`may not contain '${character}'`] : [],
  )
}

const each = (field: string, value: string, problems: string[]): StatusCause[] =>
  problems.map((problem) => invalid(field, value, problem))

function nameCauses(definition: ResourceDefinition, metadata: ObjectMeta): StatusCause[] {
  const { name = '', generateName = '' } = metadata
  const causes =
    generateName === ''
      ? []
      : each(
          'metadata.generateName',
          generateName,
          nameProblems(definition, generateName, true),
        )
  if (name === '') {
    return [...causes, required('metadata.name', 'name or generateName is required')]
  }
  return [...causes, ...each('metadata.name', name, nameProblems(definition, name, false))]
}

function labelCauses(labels: Record<string, string>): StatusCause[] {
  const field = 'metadata.labels'
  return Object.entries(labels).flatMap(([key, value]) => [
    ...each(field, key, qualifiedNameProblems(key)),
    ...each(field, value, labelValueProblems(value)),
  ])
}

function annotationCauses(annotations: Record<string, string>): StatusCause[] {
  const field = 'metadata.annotations'
  const size = Object.entries(annotations).flat().join('').length
  return [
    ...Object.keys(annotations).flatMap((key) =>
      each(field, key, qualifiedNameProblems(key.toLowerCase())),
    ),
    ...when(size > LONGEST_ANNOTATIONS, () => ({
      reason: 'FieldValueTooLong',
      message: `Too long: must have at most ${LONGEST_ANNOTATIONS} bytes`,
      field,
    })),
  ]
}

function ownerCauses(owners: OwnerReference[]): StatusCause[] {
  const field = 'metadata.ownerReferences'
  const causes = owners.flatMap(({ apiVersion = '', kind = '', name = '', uid = '' }) => [
    ...when((apiVersion.split('/').at(-1) ?? '') === '', () =>
      invalid(`${field}.apiVersion`, apiVersion, 'version must not be empty'),
    ),
    ...when(kind === '', () => invalid(`${field}.kind`, kind, 'must not be empty')),
    ...when(name === '', () => invalid(`${field}.name`, name, 'must not be empty')),
    ...when(uid === '', () => invalid(`${field}.uid`, uid, 'must not be empty')),
  ])
  const [first, second] = owners.filter(({ controller }) => controller === true)
  if (first === undefined || second === undefined) return causes
  const printed = owners.map((owner) => goOwner(owner)).join(', ')
  const text = `Only one reference can have Controller set to true. Found "true" in references for ${first.kind}/${first.name} and ${second.kind}/${second.name}`
  const message = `Invalid value: []v1.OwnerReference{${printed}}: ${text}`
  return [...causes, { reason: 'FieldValueInvalid', message, field }]
}

/** An owner reference as Go's `%#v` prints it, but for the addresses of pointers. */
function goOwner({
  apiVersion,
  kind,
  name,
  uid,
  controller,
  blockOwnerDeletion,
}: OwnerReference) {
  const pointer = (value: boolean | undefined) => (value === undefined ? '(*bool)(nil)' : value)
  return `v1.OwnerReference{APIVersion:"${apiVersion}", Kind:"${kind}", Name:"${name}", UID:"${uid}", Controller:${pointer(controller)}, BlockOwnerDeletion:${pointer(blockOwnerDeletion)}}`
}

function finalizerCauses(finalizers: string[]): StatusCause[] {
  const field = 'metadata.finalizers'
  const both = finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')
  const printed = finalizers.map((name) => JSON.stringify(name)).join(', ')
  return [
    ...finalizers.flatMap((name) => each(field, name, qualifiedNameProblems(name))),
    ...when(both, () => ({
      reason: 'FieldValueInvalid',
      message: `Invalid value: []string{${printed}}: finalizer orphan and foregroundDeletion cannot be both set`,
      field,
    })),
  ]
}

/** What is wrong with an object's metadata, as causes of a 422. */
export function metadataCauses(
  definition: ResourceDefinition,
  metadata: ObjectMeta,
): StatusCause[] {
  const { labels = {}, annotations = {}, ownerReferences = [], finalizers = [] } = metadata
  return [
    ...nameCauses(definition, metadata),
    ...labelCauses(labels),
    ...annotationCauses(annotations),
    ...ownerCauses(ownerReferences),
    ...finalizerCauses(finalizers),
  ]
}

const typeName = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value)

/**
 * Refuses metadata of the wrong types with a 400 in the words of Go's decoder, so that everything
 * behind may rely on them.
 */
export function checkMetadataTypes(
  definition: ResourceDefinition,
  object: KubernetesObject,
): void {
  const refuse = (value: unknown, field: string, type: string): never => {
    const version = (object.apiVersion ?? '').split('/').at(-1)
    throw statusErrors.badRequest(
      `${definition.kind} in version "${version}" cannot be handled as a ${definition.kind}: json: cannot unmarshal ${typeName(value)} into Go struct field ObjectMeta.metadata${field} of type ${type}`,
    )
  }
  const metadata: unknown = object.metadata
  if (metadata === undefined || metadata === null) {
    object.metadata = {}
    return
  }
  if (typeof metadata !== 'object' || Array.isArray(metadata))
    refuse(metadata, '', 'v1.ObjectMeta')
  const fields = metadata as Record<string, unknown>
  for (const field of ['name', 'generateName', 'namespace', 'resourceVersion', 'uid']) {
    const value = fields[field]
    if (value === null) delete fields[field]
    else if (value !== undefined && typeof value !== 'string')
      refuse(value, `.${field}`, 'string')
  }
  for (const field of ['labels', 'annotations']) {
    const value = fields[field]
    if (value === undefined || value === null) delete fields[field]
    else if (typeof value !== 'object' || Array.isArray(value)) {
      refuse(value, `.${field}`, 'map[string]string')
    } else {
      for (const entry of Object.values(value)) {
        if (typeof entry !== 'string') refuse(entry, `.${field}`, 'string')
      }
    }
  }
  for (const field of ['finalizers', 'ownerReferences', 'managedFields']) {
    const value = fields[field]
    if (value === null) delete fields[field]
    else if (value !== undefined && !Array.isArray(value))
      refuse(value, `.${field}`, '[]string')
  }
}
