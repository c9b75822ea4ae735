import { statusErrors, type KubernetesObject, type ObjectMeta } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../registry.ts'

interface Cause {
  reason: string
  message: string
  field: string
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`
const LABEL_VALUE = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?'
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`)
const LABEL_RE = whole(LABEL)
const SUBDOMAIN_RE = whole(SUBDOMAIN)
const LABEL_VALUE_RE = whole(LABEL_VALUE)
const QUALIFIED_RE = whole(QUALIFIED)

const LABEL_TEXT = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`
const SUBDOMAIN_TEXT = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`
const LABEL_VALUE_TEXT = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${LABEL_VALUE}')`
const QUALIFIED_TEXT = `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED}')`

const invalid = (field: string, value: string, text: string): Cause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${JSON.stringify(value)}: ${text}`,
  field,
})

function nameCauses(definition: ResourceDefinition, field: string, name: string): Cause[] {
  const format = definition.nameFormat ?? 'subdomain'
  if (format === 'any') {
    return /[/%]/.test(name) || name === '.' || name === '..'
      ? [invalid(field, name, `may not contain '/'`)]
      : []
  }
  const longest = format === 'label' ? 63 : 253
  const causes: Cause[] = []
  if (name.length > longest) {
    causes.push(invalid(field, name, `must be no more than ${longest} characters`))
  }
  const matches = (format === 'label' ? LABEL_RE : SUBDOMAIN_RE).test(name)
  if (!matches)
    causes.push(invalid(field, name, format === 'label' ? LABEL_TEXT : SUBDOMAIN_TEXT))
  return causes
}

function qualifiedNameCauses(field: string, key: string): Cause[] {
  const slash = key.indexOf('/')
  const prefix = slash < 0 ? undefined : key.slice(0, slash)
  const name = key.slice(slash + 1)
  const causes: Cause[] = []
  if (prefix === '') causes.push(invalid(field, key, 'prefix part must be non-empty'))
  else if (prefix !== undefined && !SUBDOMAIN_RE.test(prefix)) {
    causes.push(invalid(field, key, `prefix part ${SUBDOMAIN_TEXT}`))
  }
  if (name === '') causes.push(invalid(field, key, 'name part must be non-empty'))
  if (name.length > 63) {
    causes.push(invalid(field, key, 'name part must be no more than 63 characters'))
  }
  if (!QUALIFIED_RE.test(name)) causes.push(invalid(field, key, QUALIFIED_TEXT))
  return causes
}

function labelCauses(labels: Record<string, string>): Cause[] {
  const field = 'metadata.labels'
  return Object.entries(labels).flatMap(([key, value]) => [
    ...qualifiedNameCauses(field, key),
    ...(value.length > 63 ? [invalid(field, value, 'must be no more than 63 characters')] : []),
    ...(LABEL_VALUE_RE.test(value) ? [] : [invalid(field, value, LABEL_VALUE_TEXT)]),
  ])
}

/** What is wrong with an object's metadata, as causes of a 422. */
export function metadataCauses(definition: ResourceDefinition, metadata: ObjectMeta): Cause[] {
  const { name = '', generateName = '', labels = {}, annotations = {} } = metadata
  const causes: Cause[] = []
  if (name !== '') causes.push(...nameCauses(definition, 'metadata.name', name))
  else if (generateName === '') {
    const message = 'Required value: name or generateName is required'
    causes.push({ reason: 'FieldValueRequired', message, field: 'metadata.name' })
  } else {
    // The suffix that will follow makes a trailing dash or dot harmless.
    const probe = generateName.replace(/[-.]$/, '') || 'a'
    causes.push(...nameCauses(definition, 'metadata.generateName', probe))
  }
  causes.push(...labelCauses(labels))
  for (const key of Object.keys(annotations)) {
    causes.push(...qualifiedNameCauses('metadata.annotations', key.toLowerCase()))
  }
  return causes
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
