import type { IoK8sApiCoreV1Event as Event } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { builtInKind, type Column } from './define.ts'
import { invalid } from './field-errors.ts'
import { timeSince } from './columns.ts'

export const event = builtInKind<Event>({
  group: '',
  versions: ['v1'],
  kind: 'Event',
  resource: 'events',
  component: 'io.k8s.api.core.v1.Event',
  shortNames: ['ev'],
  namespaced: true,
  columnsIncludeName: true,
  columns: [
    text('Last Seen', lastSeen),
    text('Type', ({ type }) => type),
    text('Reason', ({ reason }) => reason),
    text('Object', ({ involvedObject }) =>
      involvedObject.name
        ? `${involvedObject.kind?.toLowerCase()}/${involvedObject.name}`
        : involvedObject.kind?.toLowerCase(),
    ),
    wide('Subobject', ({ involvedObject }) => involvedObject.fieldPath ?? ''),
    wide('Source', ({ source, reportingComponent }) =>
      source?.component
        ? [source.component, source.host].filter(Boolean).join(', ')
        : (reportingComponent ?? ''),
    ),
    text('Message', ({ message }) => message?.trim()),
    wide('First Seen', ({ firstTimestamp, eventTime }) =>
      timeSince(firstTimestamp ?? eventTime),
    ),
    wide('Count', ({ count, series }) => String(series?.count ?? (count || 1))),
    wide('Name', ({ metadata }) => metadata.name),
  ],
  selectableFields: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject.kind ?? '',
    'involvedObject.namespace': ({ involvedObject }) => involvedObject.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject.name ?? '',
    'involvedObject.uid': ({ involvedObject }) => involvedObject.uid ?? '',
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': ({ involvedObject }) =>
      involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingComponent: ({ reportingComponent }) => reportingComponent ?? '',
    source: ({ source, reportingComponent }) => source?.component ?? reportingComponent ?? '',
    type: ({ type }) => type ?? '',
  },
  prepare: ({ object }) => {
    object.involvedObject ??= {}
    object.source ??= {}
    // Go has no `omitempty` on these.
    Object.assign(object, {
      firstTimestamp: object.firstTimestamp ?? null,
      lastTimestamp: object.lastTimestamp ?? null,
      eventTime: object.eventTime ?? null,
      reportingComponent: object.reportingComponent ?? object.source.component ?? '',
      reportingInstance: object.reportingInstance ?? '',
    })
  },
  admit: ({ object }) => {
    const { namespace = '' } = object.involvedObject
    const own = object.metadata.namespace ?? ''
    // Events about cluster-wide objects lie in the default namespace.
    if (namespace === own || (namespace === '' && own === 'default')) return
    if (namespace === '' || object.involvedObject.kind === undefined) return
    throw statusErrors.invalid(event, object.metadata.name ?? '', [
      invalid('involvedObject.namespace', namespace, 'does not match event.namespace'),
    ])
  },
})

function text(name: string, cell: Column<Event>['cell']): Column<Event> {
  return { name, type: 'string', cell }
}

function wide(name: string, cell: Column<Event>['cell']): Column<Event> {
  return { name, type: 'string', priority: 1, cell }
}

function lastSeen({ series, lastTimestamp, eventTime, firstTimestamp, count }: Event): string {
  const last = series?.lastObservedTime ?? lastTimestamp ?? eventTime
  const times = series?.count ?? count ?? 1
  if (times <= 1) return timeSince(last ?? firstTimestamp)
  return `${timeSince(last)} (x${times} over ${timeSince(firstTimestamp ?? eventTime)})`
}
