import { z } from 'zod'
import { apiErrorBody } from './errors.ts'
import { virtualMachineFacet } from './virtual-machine-row.ts'

/*
 * The live protocol: JSON text frames over one WebSocket a browser tab (`/api/live`).
 * The client subscribes to queries under ids of its own; for each the server answers one
 * `page` (or `object`), then only what changes on that page. At most one frame a query
 * every 100 ms (of facets: every second); a slow client gets the newest state, not a queue. After a reconnect the
 * client subscribes again and gets a whole page.
 */

const page = {
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(200),
}

const sortDirection = z.enum(['ascending', 'descending'])

const resource = {
  group: z.string(),
  version: z.string(),
  resource: z.string().min(1),
}

/** Which virtual machines, in which order. */
export const virtualMachinesSelection = z.strictObject({
  /** Left out: all namespaces. */
  namespace: z.string().optional(),
  /** Part of a name, label (`key=value`), IP address or MAC address, in any case. */
  search: z.string().optional(),
  /**
   * Values by facet; left out or empty: all. A virtual machine has one of the values of each
   * facet, but all of the labels; `key` alone is any label of that key.
   */
  filters: z.partialRecord(virtualMachineFacet, z.array(z.string())).optional(),
  sort: z.strictObject({
    column: z.enum([
      'name',
      'namespace',
      'status',
      'node',
      'ipAddress',
      'template',
      'operatingSystem',
      'cpus',
      'memory',
      'created',
    ]),
    direction: sortDirection,
  }),
})
export type VirtualMachinesSelection = z.infer<typeof virtualMachinesSelection>

/** As many as a user may select at once. */
export const MAX_SELECTED = 1000

/** Rows of virtual machines ({@link virtualMachineRow}). */
export const virtualMachinesQuery = virtualMachinesSelection.extend({
  kind: z.literal('virtualMachines'),
  /** Only these, `namespace/name`: those that a user has selected. */
  keys: z.array(z.string()).max(MAX_SELECTED).optional(),
  offset: page.offset,
  limit: z.number().int().min(1).max(MAX_SELECTED),
})

/** The values that virtual machines have of a facet ({@link facetRow}), the commonest first. */
export const virtualMachineFacetsQuery = z.strictObject({
  kind: z.literal('virtualMachineFacets'),
  namespace: z.string().optional(),
  facet: virtualMachineFacet,
  /** Part of a value, in any case. */
  search: z.string().optional(),
  ...page,
})

/** Whole objects of any one resource, without managedFields. Row keys: `namespace/name`. */
export const objectsQuery = z.strictObject({
  kind: z.literal('objects'),
  ...resource,
  namespace: z.string().optional(),
  labelSelector: z.string().optional(),
  fieldSelector: z.string().optional(),
  /** Part of a name, or of a template's title, in any case. */
  search: z.string().optional(),
  /** Leaves out what an object of this kind controls, such as VMIs of a VirtualMachine. */
  notControlledBy: z.string().optional(),
  sort: z.strictObject({
    column: z.enum([
      'name',
      'namespace',
      'created',
      // What the labels of a Template say that it is for.
      'operatingSystem',
      'workload',
      'flavor',
      'type',
    ]),
    direction: sortDirection,
  }),
  ...page,
})

/** The events of a virtual machine, its VMI, launcher pods and DataVolumes; newest first. */
export const virtualMachineEventsQuery = z.strictObject({
  kind: z.literal('virtualMachineEvents'),
  namespace: z.string(),
  name: z.string(),
  ...page,
})

/** One object, whole; null while it does not exist. */
export const objectQuery = z.strictObject({
  kind: z.literal('object'),
  ...resource,
  namespace: z.string().optional(),
  name: z.string().min(1),
})

export const liveQuery = z.discriminatedUnion('kind', [
  virtualMachinesQuery,
  virtualMachineFacetsQuery,
  objectsQuery,
  virtualMachineEventsQuery,
  objectQuery,
])
export type LiveQuery = z.infer<typeof liveQuery>
export type VirtualMachinesQuery = z.infer<typeof virtualMachinesQuery>
export type VirtualMachineFacetsQuery = z.infer<typeof virtualMachineFacetsQuery>
export type ObjectsQuery = z.infer<typeof objectsQuery>
export type VirtualMachineEventsQuery = z.infer<typeof virtualMachineEventsQuery>
export type ObjectQuery = z.infer<typeof objectQuery>

export const liveClientFrame = z.discriminatedUnion('type', [
  /** Starts a query, or replaces the one with that id (a new page, sort or filter). */
  z.strictObject({ type: z.literal('subscribe'), id: z.number().int(), query: liveQuery }),
  z.strictObject({ type: z.literal('unsubscribe'), id: z.number().int() }),
])
export type LiveClientFrame = z.infer<typeof liveClientFrame>

/** A row under its key; virtualMachines rows are {@link virtualMachineRow}s, others objects. */
const row = z.looseObject({ key: z.string() })

export const objectRow = z.object({
  key: z.string(),
  object: z.record(z.string(), z.unknown()),
})
export type ObjectRow = z.infer<typeof objectRow>

export const liveServerFrame = z.discriminatedUnion('type', [
  /** The whole page, in order; `total` counts all matches. */
  z.object({
    type: z.literal('page'),
    id: z.number().int(),
    rows: z.array(row),
    total: z.number().int(),
  }),
  /** What changed on the page. `keys`, where present, is the page's new order and content. */
  z.object({
    type: z.literal('delta'),
    id: z.number().int(),
    rows: z.array(row),
    keys: z.array(z.string()).optional(),
    total: z.number().int().optional(),
  }),
  z.object({
    type: z.literal('object'),
    id: z.number().int(),
    object: z.record(z.string(), z.unknown()).nullable(),
  }),
  /**
   * The query failed. With `retrying` the server goes on trying and the last content stays
   * valid as "stale"; without, the subscription is over (no permission, unknown resource).
   */
  z.object({
    type: z.literal('error'),
    id: z.number().int(),
    error: apiErrorBody,
    retrying: z.boolean(),
  }),
])
export type LiveServerFrame = z.infer<typeof liveServerFrame>

/** Close codes of the live socket beyond the standard ones. */
export const LIVE_CLOSE = { sessionEnded: 4401, badFrame: 4400 } as const
