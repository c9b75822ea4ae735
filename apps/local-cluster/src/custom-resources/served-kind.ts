import type {
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1CustomResourceDefinition as CustomResourceDefinition,
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1CustomResourceDefinitionVersion as Version,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { KubernetesObject } from '@virtdeck/kubernetes'
import type { JsonSchema } from '../openapi/json-schema.ts'
import type { PrinterColumn, ResourceDefinition } from '../registry.ts'
import { CUSTOM_AGE, pathColumn } from '../resources/columns.ts'
import { customKind } from '../resources/define.ts'
import { withMetadata } from '../resources/handwritten-schema.ts'
import { jsonPath } from '../resources/json-path.ts'
import { byVersionPriority } from './version-priority.ts'

/** Whether a definition's kind is to be served: its names were accepted once. */
export function isEstablished({ status }: CustomResourceDefinition): boolean {
  return (
    status?.conditions?.some(
      (condition) => condition.type === 'Established' && condition.status === 'True',
    ) === true
  )
}

/** The kind that a CustomResourceDefinition adds to the API; undefined when no version is served. */
export function servedKind(
  definition: CustomResourceDefinition,
): ResourceDefinition | undefined {
  const { spec, status, metadata } = definition
  const served = spec.versions
    .filter((version) => version.served)
    .toSorted((first, second) => byVersionPriority(first.name, second.name))
  const [preferred] = served
  if (preferred === undefined) return undefined
  const names = status?.acceptedNames ?? spec.names
  const { shortNames, categories } = names
  const stored = spec.versions.find(({ storage }) => storage) ?? preferred
  const { subresources } = stored
  const scale = subresources?.scale
  return customKind({
    group: spec.group,
    versions: served.map(({ name }) => name),
    deprecatedVersions: deprecations(spec.group, names.kind, served),
    kind: names.kind,
    listKind: names.listKind ?? `${names.kind}List`,
    resource: names.plural,
    singular: names.singular ?? names.kind.toLowerCase(),
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
    namespaced: spec.scope === 'Namespaced',
    hasStatus: subresources?.status !== undefined,
    ...(scale && {
      scale: {
        specReplicas: scale.specReplicasPath,
        statusReplicas: scale.statusReplicasPath,
        ...(scale.labelSelectorPath && { labelSelector: scale.labelSelectorPath }),
      },
    }),
    schema: wholeSchema(stored),
    ownListRules: true,
    ...(metadata?.deletionTimestamp && { terminating: true }),
    columns: columnsOf(preferred),
    selectableFields: selectableFields(preferred),
  })
}

function deprecations(
  group: string,
  kind: string,
  versions: Version[],
): Record<string, string> {
  return Object.fromEntries(
    versions
      .filter(({ deprecated }) => deprecated)
      .map(({ name, deprecationWarning }) => [
        name,
        deprecationWarning ?? `${group}/${name} ${kind} is deprecated`,
      ]),
  )
}

/** The schema of a version with the fields that every object has. */
function wholeSchema({ schema }: Version): JsonSchema {
  const own = (schema?.openAPIV3Schema ?? { type: 'object' }) as JsonSchema
  const { description = '', properties = {}, ...rest } = own
  const { apiVersion: _, kind: __, metadata: ___, ...fields } = properties
  const usual = withMetadata({ description, properties: fields })
  return { ...rest, ...usual, ...(own.required && { required: own.required }) }
}

type VersionColumn = NonNullable<Version['additionalPrinterColumns']>[number]

function columnsOf({ additionalPrinterColumns = [] }: Version): PrinterColumn[] {
  if (additionalPrinterColumns.length === 0) return [CUSTOM_AGE]
  return additionalPrinterColumns.map((column) => printerColumn(column))
}

function printerColumn(column: VersionColumn): PrinterColumn {
  const { name, jsonPath: path, type, format, description, priority } = column
  const made = pathColumn({
    name,
    path,
    type: type as PrinterColumn['type'],
    ...(description && { description }),
    ...(priority && { priority }),
  })
  return { ...made, ...(format && { format }) }
}

/** Selectable fields are texts, numbers and truth values. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)

function selectableFields(
  version: Version,
): Record<string, (object: KubernetesObject) => string> {
  const { selectableFields: fields = [] } = version as {
    selectableFields?: { jsonPath: string }[]
  }
  return Object.fromEntries(
    fields.map(({ jsonPath: path }) => {
      const read = jsonPath(path)
      return [path.slice(1), (object) => textOf(read(object))]
    }),
  )
}
