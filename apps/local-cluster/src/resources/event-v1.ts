import type {
  IoK8sApiCoreV1Event as CoreEvent,
  IoK8sApiEventsV1Event as Event,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { KubernetesObject } from '@virtdeck/kubernetes'
import { schemaOf } from '../openapi/schemas.ts'
import { builtInKind } from './define.ts'
import { event as coreEvent } from './event.ts'

/** `events.k8s.io`: the events of the core group in their newer form. */
export const eventV1 = builtInKind<Event>({
  ...coreEvent,
  group: 'events.k8s.io',
  component: 'io.k8s.api.events.v1.Event',
  schema: schemaOf('io.k8s.api.events.v1.Event'),
  columns: coreEvent.columns.map((column) => ({
    ...column,
    cell: (object: KubernetesObject) => column.cell(toCore(object)),
  })),
  selectableFields: {
    'regarding.kind': ({ regarding }) => regarding?.kind ?? '',
    'regarding.namespace': ({ regarding }) => regarding?.namespace ?? '',
    'regarding.name': ({ regarding }) => regarding?.name ?? '',
    'regarding.uid': ({ regarding }) => regarding?.uid ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingController: ({ reportingController }) => reportingController ?? '',
    type: ({ type }) => type ?? '',
  },
  prepare: () => {},
  admit: () => {},
  storedAs: { resource: 'events', fromStored: toV1, toStored: toCore },
})

function toV1(object: KubernetesObject): Event & KubernetesObject {
  const {
    involvedObject,
    message,
    source,
    firstTimestamp,
    lastTimestamp,
    count,
    reportingComponent,
    ...same
  } = object as CoreEvent
  return {
    ...same,
    apiVersion: 'events.k8s.io/v1',
    regarding: involvedObject,
    note: message,
    reportingController: reportingComponent,
    deprecatedSource: source,
    deprecatedFirstTimestamp: firstTimestamp,
    deprecatedLastTimestamp: lastTimestamp,
    deprecatedCount: count,
  } as unknown as Event
}

function toCore(object: KubernetesObject): CoreEvent & KubernetesObject {
  const {
    regarding,
    note,
    reportingController,
    deprecatedSource,
    deprecatedFirstTimestamp,
    deprecatedLastTimestamp,
    deprecatedCount,
    ...same
  } = object as Event
  return {
    ...same,
    apiVersion: 'v1',
    involvedObject: regarding ?? {},
    message: note,
    source: deprecatedSource ?? {},
    firstTimestamp: deprecatedFirstTimestamp ?? null,
    lastTimestamp: deprecatedLastTimestamp ?? null,
    eventTime: same.eventTime ?? null,
    count: deprecatedCount,
    reportingComponent: reportingController ?? '',
    reportingInstance: same.reportingInstance ?? '',
  } as unknown as CoreEvent
}
