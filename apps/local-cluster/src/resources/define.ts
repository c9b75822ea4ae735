import type { KubernetesObject } from '@virtdeck/kubernetes'
import { schemaOf } from '../openapi/schemas.ts'
import type { AdmissionRequest, PrinterColumn, ResourceDefinition } from '../registry.ts'

/** A column whose cell knows the kind's type. */
export interface Column<T> extends Omit<PrinterColumn, 'cell'> {
  cell: (object: T) => string | number | boolean | undefined
}

/** An admission request whose objects have the kind's type. */
export interface KindRequest<T> extends Omit<AdmissionRequest, 'object' | 'oldObject'> {
  object: T
  oldObject?: T
}

type Common = Pick<ResourceDefinition, 'versions' | 'kind' | 'resource' | 'namespaced'> &
  Partial<
    Pick<
      ResourceDefinition,
      | 'categories'
      | 'columnsIncludeName'
      | 'deprecatedVersions'
      | 'indexes'
      | 'lenientVersions'
      | 'hasGeneration'
      | 'hasStatus'
      | 'listKind'
      | 'nameFormat'
      | 'ownListRules'
      | 'scale'
      | 'schema'
      | 'schemaWebhook'
      | 'shortNames'
      | 'singular'
      | 'storedAs'
      | 'terminating'
      | 'verbs'
    >
  >

interface KindOptions<T> extends Common {
  group: string
  /** OpenAPI component; left out for kinds without a published type. */
  component?: string
  columns: Column<T>[]
  selectableFields?: Record<string, (object: T) => string>
  nameCell?: (object: T) => string
  prepare?: (request: KindRequest<T>) => void
  /** Of creates and updates. */
  admit?: (request: KindRequest<T>) => void
  admitDelete?: (request: KindRequest<T>) => void
  beginDelete?: (object: T) => void
  extraFinalizers?: (object: T) => string[]
  deletionGracePeriod?: (object: T, requested: number | undefined) => number
}

const BUILT_IN_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
]
/** The order in which a kube-apiserver lists the verbs of custom resources. */
const CUSTOM_VERBS = [
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'create',
  'update',
  'watch',
]

/** A kind that a kube-apiserver itself brings. */
export function builtInKind<T extends KubernetesObject>(
  options: KindOptions<T>,
): ResourceDefinition {
  return define(options, { custom: false, hasGeneration: false, verbs: BUILT_IN_VERBS })
}

/** A kind that a CustomResourceDefinition adds. */
export function customKind<T extends KubernetesObject>(
  options: KindOptions<T>,
): ResourceDefinition {
  return define(options, { custom: true, hasGeneration: true, verbs: CUSTOM_VERBS })
}

function define<T extends KubernetesObject>(
  options: KindOptions<T>,
  origin: Pick<ResourceDefinition, 'custom' | 'hasGeneration' | 'verbs'>,
): ResourceDefinition {
  const { admit, admitDelete, ...rest } = options
  const { kind, component } = rest
  const definition = {
    ...origin,
    listKind: `${kind}List`,
    singular: kind.toLowerCase(),
    hasStatus: false,
    schema: component === undefined ? undefined : schemaOf(component),
    ...rest,
    // What may not be written any more may still be deleted.
    admit: (request: KindRequest<T>) =>
      request.operation === 'delete' ? admitDelete?.(request) : admit?.(request),
  }
  // The server hands each definition objects of its own kind only, so their type is known here.
  return definition as unknown as ResourceDefinition
}
