import type { KubernetesObject } from '@virtdeck/kubernetes'
import type { JsonSchema } from './openapi/json-schema.ts'

/** A column of `kubectl get`, as in a CustomResourceDefinition's additionalPrinterColumns. */
export interface PrinterColumn {
  name: string
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date'
  format?: string
  description?: string
  /** Columns with a priority above 0 are shown by `-o wide` only. */
  priority?: number
  /**
   * The cell's value; undefined becomes `null` on the wire.
   * A column of type `date` returns the RFC 3339 time and the table writer humanises it. Built-in
   * kinds humanise their age themselves (type `string`), like a real kube-apiserver's columns.
   */
  cell: (object: KubernetesObject) => string | number | boolean | undefined
}

/** What admission may look at: the request, and the cluster through read-only lookups. */
export interface AdmissionRequest {
  operation: 'create' | 'update' | 'delete'
  user: { name: string; groups: string[] }
  object: KubernetesObject
  oldObject?: KubernetesObject
  /** `status`, `scale`, …; undefined for the object itself. */
  subresource?: string
  /** Stored object or undefined; synchronous, from the store. `resource` is `plural` or `plural.group`. */
  lookup: (
    resource: string,
    namespace: string | undefined,
    name: string,
  ) => KubernetesObject | undefined
  /** Stored objects; synchronous. For rules about neighbours (node ports, in-flight migrations). */
  lookupAll?: (resource: string, namespace: string | undefined) => Iterable<KubernetesObject>
  /** Places of the objects of a kind that one of its `indexes` finds under a value. */
  lookupIndexed?: (
    resource: string,
    index: string,
    value: string,
  ) => { namespace: string; name: string }[]
  /** Warnings for the client (`Warning` response headers). */
  warn: (message: string) => void
}

/**
 * One kind the API server knows: everything that differs from kind to kind.
 * A file of `resources/` exports one or more of these; `resources/index.ts` lists them all.
 */
export interface ResourceDefinition {
  /** API group; `''` is the core group. */
  group: string
  /** Served versions, preferred first. All share one stored form (the first version). */
  versions: string[]
  /** Versions answered with a deprecation `Warning` header: version → the header's text. */
  deprecatedVersions?: Record<string, string>
  /**
   * Versions of a time before schemas: unknown fields of their manifests are left out with a
   * warning, even for `fieldValidation=Strict`.
   */
  lenientVersions?: string[]
  kind: string
  listKind: string
  /** The plural as in URLs: `virtualmachines`. */
  resource: string
  singular: string
  shortNames?: string[]
  categories?: string[]
  namespaced: boolean
  /** Built-in kinds take strategic merge patches; custom resources answer 415 to them. */
  custom: boolean
  /** Whether PUT/PATCH of `/status` exists and the main endpoints leave `status` alone. */
  hasStatus: boolean
  /** The schema's own words about lists hold (`x-kubernetes-list-type`); else they are whole. */
  ownListRules?: boolean
  /** The kind's definition is being deleted: nothing of it is created any more. */
  terminating?: boolean
  /** Where `/scale` finds its numbers: paths such as `.spec.replicas`. */
  scale?: { specReplicas: string; statusReplicas: string; labelSelector?: string }
  /** `metadata.generation` starts at 1 and counts spec changes (off for some core kinds). */
  hasGeneration: boolean
  /** Verbs of discovery; the usual eight unless told. */
  verbs?: string[]
  /** Name syntax; `subdomain` unless told. */
  nameFormat?: 'subdomain' | 'label' | 'label1035' | 'any'
  /** The structural schema, without `$ref`s (`openapi/schemas.ts`); undefined = schemaless. */
  schema: JsonSchema | undefined
  /** The generated OpenAPI component behind `schema`; undefined for schemas written by hand. */
  component?: string
  /** The mutating webhook that meets schema errors before the CRD's own validation does. */
  schemaWebhook?: string
  /** The columns behind Name, which every table starts with. */
  columns: PrinterColumn[]
  /** The columns bring their own Name (events show theirs last). */
  columnsIncludeName?: boolean
  /** What the Name column shows, where it is not just the name (`local (default)`). */
  nameCell?: (object: KubernetesObject) => string
  /** Field selectors beyond metadata.name and metadata.namespace: path → value. */
  selectableFields?: Record<string, (object: KubernetesObject) => string>
  /** Finds objects by values: index → the values of an object. For rules about neighbours. */
  indexes?: Record<string, (object: KubernetesObject) => string[]>
  /**
   * Objects of another definition (`plural.group`) shown in this one's form: the two kinds of
   * Event share one store. `fromStored`/`toStored` convert.
   */
  storedAs?: {
    resource: string
    fromStored: (object: KubernetesObject) => KubernetesObject
    toStored: (object: KubernetesObject) => KubernetesObject
  }
  /**
   * Fills defaults and server-owned fields of a new or changed object; mutates the given copy.
   * Runs after the schema check and before `admit`, for writes of the object and of its status.
   */
  prepare?: (request: AdmissionRequest) => void
  /**
   * Throws StatusError to refuse. Runs after the schema check and before deletions; not for status
   * writes.
   */
  admit?: (request: AdmissionRequest) => void
  /** Marks an object whose deletion has begun but which stays for now (namespace → Terminating). */
  beginDelete?: (object: KubernetesObject) => void
  /** Finalizers kept outside `metadata` (a namespace's `spec.finalizers`): they hold the object too. */
  extraFinalizers?: (object: KubernetesObject) => string[]
  /**
   * Seconds a deleted object stays for its node agent to end it; 0 deletes at once.
   * `requested` is DeleteOptions.gracePeriodSeconds. Only pods have it.
   */
  deletionGracePeriod?: (object: KubernetesObject, requested: number | undefined) => number
}
