import type { KubernetesObject } from '@virtdeck/kubernetes'
import type { PrinterColumn, ResourceDefinition } from '../registry.ts'
import { humanDuration } from '../resources/columns.ts'
import { fromStored, objectText } from './stored-form.ts'

const NAME_COLUMN = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description:
    'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: http://kubernetes.io/docs/user-guide/identifiers#names',
  priority: 0,
}

/** `?includeObject=`: what rows carry besides their cells. */
export type IncludeObject = 'None' | 'Metadata' | 'Object'

export interface TableOptions {
  definition: ResourceDefinition
  /** The version of the URL. */
  version: string
  metaVersion: string
  includeObject: IncludeObject
}

function columnDefinitions({ columns, columnsIncludeName }: ResourceDefinition): object[] {
  return [
    ...(columnsIncludeName === true ? [] : [NAME_COLUMN]),
    ...columns.map(({ name, type, format = '', description = '', priority = 0 }) => ({
      name,
      type,
      format,
      description,
      priority,
    })),
  ]
}

function cellOf(column: PrinterColumn, object: KubernetesObject): unknown {
  const value = column.cell(object)
  if (value === undefined) return null
  if (column.type !== 'date') return value
  const time = Date.parse(String(value))
  return Number.isNaN(time) ? '<unknown>' : humanDuration(Date.now() - time)
}

/** An object's metadata alone. */
export function partialObject(object: KubernetesObject, metaVersion: string): object {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: `meta.k8s.io/${metaVersion}`,
    metadata: object.metadata,
  }
}

function nameCell({ nameCell: own }: ResourceDefinition, object: KubernetesObject): string {
  return own?.(object) ?? object.metadata?.name ?? ''
}

function rowText(json: string, options: TableOptions): string {
  const { definition, version, metaVersion, includeObject } = options
  const object = fromStored(definition, json)
  const cells = [
    ...(definition.columnsIncludeName === true ? [] : [nameCell(definition, object)]),
    ...definition.columns.map((column) => cellOf(column, object)),
  ]
  const shown = {
    None: () => 'null',
    Metadata: () => JSON.stringify(partialObject(object, metaVersion)),
    Object: () => objectText(definition, version, json),
  }[includeObject]()
  return `{"cells":${JSON.stringify(cells)},"object":${shown}}`
}

/** Objects as a Table; `withColumns` is off for all but the first event of a watch. */
export function tableText(
  jsons: readonly string[],
  metadata: object,
  options: TableOptions & { withColumns?: boolean },
): string {
  const { definition, metaVersion, withColumns = true } = options
  const columns = withColumns ? columnDefinitions(definition) : null
  const head = {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${metaVersion}`,
    metadata,
    columnDefinitions: columns,
  }
  const rows = jsons.map((json) => rowText(json, options)).join(',')
  return `${JSON.stringify(head).slice(0, -1)},"rows":[${rows}]}`
}
