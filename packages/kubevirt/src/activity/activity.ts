import type { IoK8sApiCoreV1Event as KubernetesEvent } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { V1VirtualMachineInstanceMigration as Migration } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { eventOrder, lastSeenAt } from '@virtdeck/kubernetes'
import type { VirtualMachine, VirtualMachineInstance } from '../types.ts'
import { managedPaths } from './managed-paths.ts'

/** A write that a console's audit trail knows of. */
export interface AuditedWrite {
  /** RFC 3339 */
  time: string
  user: string
  method: string
  resource: 'virtualmachines' | 'virtualmachineinstances'
  /** Such as `start`; left out for the object itself. */
  subresource?: string | undefined
}

/** A console that was opened. */
export interface AuditedConsole {
  /** RFC 3339 */
  time: string
  user: string
  console: 'vnc' | 'serial' | 'rdp' | 'ssh'
}

type What =
  | {
      kind: 'event'
      isWarning: boolean
      reason: string
      message: string
      /** Kind of what it is about. */
      about: string
      count: number
    }
  | {
      kind: 'condition'
      about: 'VirtualMachine' | 'VirtualMachineInstance'
      type: string
      status: string
      reason: string | undefined
      message: string | undefined
    }
  | { kind: 'phase'; phase: string }
  | { kind: 'created' }
  | { kind: 'deletion' }
  /** Fields of the definition; managedFields tells the last time of each manager. */
  | { kind: 'fields'; manager: string; user: string | undefined; fields: string[] }
  /** Something that was asked for, such as a start. */
  | { kind: 'request'; user: string; method: string; subresource: string | undefined }
  /** `count`: how often it was opened, with short pauses only. */
  | { kind: 'console'; user: string; console: AuditedConsole['console']; count: number }
  | {
      kind: 'migration'
      name: string
      phase: string
      source: string | undefined
      target: string | undefined
      reason: string | undefined
    }

export type ActivityEntry = What & { key: string; /** RFC 3339 */ time: string }
export type ActivityKind = ActivityEntry['kind']

export interface ActivitySources {
  virtualMachine: VirtualMachine
  instance?: VirtualMachineInstance | null | undefined
  events?: readonly KubernetesEvent[] | undefined
  migrations?: readonly Migration[] | undefined
  writes?: readonly AuditedWrite[] | undefined
  consoles?: readonly AuditedConsole[] | undefined
}

/** Of what has the same second, what comes first in the life of a VM. */
const ORDER: readonly ActivityKind[] = [
  'created',
  'request',
  'fields',
  'migration',
  'phase',
  'condition',
  'console',
  'event',
  'deletion',
]

/** All that is known to have happened to a VM, newest first. */
export function activityOf(sources: ActivitySources): ActivityEntry[] {
  const entries = [
    ...lifeOf(sources),
    ...changesOf(sources),
    ...phasesOf(sources),
    ...conditionsOf(sources),
    ...migrationsOf(sources),
    ...consolesOf(sources),
    ...eventsOf(sources),
  ]
  return entries
    .map((entry, index) => ({ entry, index, at: secondOf(entry.time) }))
    .filter(({ at }) => !Number.isNaN(at))
    .toSorted(
      (a, b) =>
        b.at - a.at ||
        ORDER.indexOf(b.entry.kind) - ORDER.indexOf(a.entry.kind) ||
        b.index - a.index,
    )
    .map(({ entry }) => entry)
}

/** Most times are whole seconds; a part of one must not come before all else of that second. */
const secondOf = (time: string): number => Math.floor(Date.parse(time) / 1_000)

const entry = (time: string | undefined, key: string, what: What): ActivityEntry[] =>
  time ? [{ ...what, time, key: `${what.kind}/${key}` }] : []

function lifeOf({ virtualMachine: { metadata = {} } }: ActivitySources): ActivityEntry[] {
  return [
    ...entry(metadata.creationTimestamp, '', { kind: 'created' }),
    ...entry(metadata.deletionTimestamp, '', { kind: 'deletion' }),
  ]
}

/** What the console sends says who it is, not for whom: that the audit trail knows. */
const CONSOLE_MANAGER = 'virtdeck'
/** managedFields has whole seconds, and the trail notes when the answer came. */
const SAME_WRITE_MS = 2_000

interface ManagedFieldsEntry {
  manager?: string
  operation?: string
  subresource?: string
  time?: string
  fieldsV1?: unknown
}

function changesOf({ virtualMachine, writes = [] }: ActivitySources): ActivityEntry[] {
  const managed = (virtualMachine.metadata?.managedFields ?? []) as ManagedFieldsEntry[]
  const explained = new Set<AuditedWrite>()
  const changes = managed.flatMap(
    ({ manager = '', operation, subresource, time, fieldsV1 }) => {
      const fields = subresource ? [] : managedPaths(fieldsV1)
      if (fields.length === 0) return []
      const write = manager === CONSOLE_MANAGER ? writeAt(writes, time) : undefined
      if (write) explained.add(write)
      const what = { kind: 'fields', manager, user: write?.user, fields } as const
      return entry(time, `${manager}/${operation}`, what)
    },
  )
  const requests = writes
    .filter((write) => !explained.has(write))
    .flatMap(({ time, user, method, resource, subresource }) =>
      entry(time, `${time}/${method}/${resource}/${subresource}`, {
        kind: 'request',
        user,
        method,
        subresource,
      }),
    )
  return [...changes, ...requests]
}

/** The write of the VM itself that was at a time. */
function writeAt(
  writes: readonly AuditedWrite[],
  time: string | undefined,
): AuditedWrite | undefined {
  const at = Date.parse(time ?? '')
  return writes.find(
    (write) =>
      write.resource === 'virtualmachines' &&
      write.subresource === undefined &&
      Math.abs(Date.parse(write.time) - at) <= SAME_WRITE_MS,
  )
}

function phasesOf({ instance }: ActivitySources): ActivityEntry[] {
  const { phaseTransitionTimestamps = [] } = instance?.status ?? {}
  return phaseTransitionTimestamps.flatMap(({ phase = '', phaseTransitionTimestamp }) =>
    entry(phaseTransitionTimestamp, `${instance?.metadata?.uid}/${phase}`, {
      kind: 'phase',
      phase,
    }),
  )
}

interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
  lastTransitionTime?: string | null
}

/** A VM repeats its VMI's conditions; once is enough. */
function conditionsOf({ virtualMachine, instance }: ActivitySources): ActivityEntry[] {
  const ofInstance: Condition[] = instance?.status?.conditions ?? []
  const known = new Set(ofInstance.map(({ type }) => type))
  const own: Condition[] = virtualMachine.status?.conditions ?? []
  return [
    ...ofInstance.flatMap((condition) => conditionEntry(condition, 'VirtualMachineInstance')),
    ...own
      .filter(({ type }) => !known.has(type))
      .flatMap((condition) => conditionEntry(condition, 'VirtualMachine')),
  ]
}

function conditionEntry(
  { type, status, reason, message, lastTransitionTime }: Condition,
  about: 'VirtualMachine' | 'VirtualMachineInstance',
): ActivityEntry[] {
  const what = { kind: 'condition', about, type, status, reason, message } as const
  return entry(lastTransitionTime ?? undefined, `${about}/${type}`, what)
}

function migrationsOf({ migrations = [] }: ActivitySources): ActivityEntry[] {
  return migrations.flatMap(({ metadata, status }) => {
    const { name = '', uid = '', creationTimestamp } = metadata ?? {}
    const { sourceNode, targetNode, failureReason } = status?.migrationState ?? {}
    const what = (phase: string) =>
      ({
        kind: 'migration',
        name,
        phase,
        source: sourceNode,
        target: targetNode,
        reason: phase === 'Failed' ? failureReason : undefined,
      }) as const
    const transitions = status?.phaseTransitionTimestamps ?? []
    if (transitions.length === 0) {
      return entry(creationTimestamp, uid, what(status?.phase ?? 'Pending'))
    }
    return transitions.flatMap(({ phase = '', phaseTransitionTimestamp }) =>
      entry(phaseTransitionTimestamp, `${uid}/${phase}`, what(phase)),
    )
  })
}

/** Consoles connect again by themselves: that is still one use. */
const SAME_USE_MS = 10 * 60_000

function consolesOf({ consoles = [] }: ActivitySources): ActivityEntry[] {
  const uses: { first: string; last: AuditedConsole; count: number }[] = []
  for (const opened of consoles) {
    const use = uses.findLast(
      ({ last }) => last.user === opened.user && last.console === opened.console,
    )
    const pause = Date.parse(opened.time) - Date.parse(use?.last.time ?? '')
    if (use && pause <= SAME_USE_MS) Object.assign(use, { last: opened, count: use.count + 1 })
    else uses.push({ first: opened.time, last: opened, count: 1 })
  }
  return uses.flatMap(({ first, last: { time, user, console }, count }) =>
    entry(time, `${first}/${user}/${console}`, { kind: 'console', user, console, count }),
  )
}

function eventsOf({ events = [] }: ActivitySources): ActivityEntry[] {
  const inOrder = events.toSorted((a, b) => (eventOrder(a) < eventOrder(b) ? -1 : 1))
  return inOrder.flatMap((event) => {
    const { metadata, involvedObject, series } = event
    return entry(lastSeenAt(event), metadata.uid ?? metadata.name ?? '', {
      kind: 'event',
      isWarning: event.type === 'Warning',
      reason: event.reason ?? '',
      message: event.message ?? '',
      about: involvedObject.kind ?? '',
      count: series?.count ?? event.count ?? 1,
    })
  })
}
