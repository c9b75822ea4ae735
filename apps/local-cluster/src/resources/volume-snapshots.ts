import type { KubernetesObject } from '@virtdeck/kubernetes'
import type { JsonSchema } from '../openapi/json-schema.ts'
import { CUSTOM_AGE, pathColumn } from './columns.ts'
import { customKind } from './define.ts'
import { fields, withMetadata } from './handwritten-schema.ts'

/** The CSI snapshotter's kinds; no published package has their types. */
const SNAPSHOT = { group: 'snapshot.storage.k8s.io', versions: ['v1'] }

const text: JsonSchema = { type: 'string' }
const time: JsonSchema = { type: 'string', format: 'date-time' }
const bytes: JsonSchema = { type: 'integer', format: 'int64', minimum: 0 }
const deletionPolicy: JsonSchema = {
  type: 'string',
  enum: ['Delete', 'Retain'],
  description:
    'deletionPolicy determines whether a VolumeSnapshotContent and its physical snapshot on the underlying storage system should be deleted when the bound VolumeSnapshot is deleted.',
}
const failure = fields({ message: text, time })

export const volumeSnapshot = customKind({
  ...SNAPSHOT,
  kind: 'VolumeSnapshot',
  resource: 'volumesnapshots',
  shortNames: ['vs'],
  namespaced: true,
  hasStatus: true,
  columns: [
    pathColumn({ name: 'ReadyToUse', type: 'boolean', path: '.status.readyToUse' }),
    pathColumn({ name: 'SourcePVC', path: '.spec.source.persistentVolumeClaimName' }),
    pathColumn({
      name: 'SourceSnapshotContent',
      path: '.spec.source.volumeSnapshotContentName',
    }),
    pathColumn({ name: 'RestoreSize', path: '.status.restoreSize' }),
    pathColumn({ name: 'SnapshotClass', path: '.spec.volumeSnapshotClassName' }),
    pathColumn({ name: 'SnapshotContent', path: '.status.boundVolumeSnapshotContentName' }),
    pathColumn({ name: 'CreationTime', type: 'date', path: '.status.creationTime' }),
    CUSTOM_AGE,
  ],
  schema: withMetadata({
    description:
      'VolumeSnapshot is a user’s request for either creating a point-in-time snapshot of a persistent volume, or binding to a pre-existing snapshot.',
    required: ['spec'],
    spec: {
      ...fields({
        source: fields({ persistentVolumeClaimName: text, volumeSnapshotContentName: text }),
        volumeSnapshotClassName: text,
      }),
      required: ['source'],
    },
    status: fields({
      boundVolumeSnapshotContentName: text,
      creationTime: time,
      error: failure,
      readyToUse: { type: 'boolean' },
      restoreSize: { type: 'string', format: 'quantity', 'x-kubernetes-int-or-string': true },
      volumeGroupSnapshotName: text,
    }),
  }),
})

export const volumeSnapshotClass = customKind<KubernetesObject>({
  ...SNAPSHOT,
  kind: 'VolumeSnapshotClass',
  resource: 'volumesnapshotclasses',
  singular: 'volumesnapshotclass',
  shortNames: ['vsclass', 'vsclasses'],
  namespaced: false,
  columns: [
    pathColumn({ name: 'Driver', path: '.driver' }),
    pathColumn({
      name: 'DeletionPolicy',
      path: '.deletionPolicy',
      description:
        'Determines whether a VolumeSnapshotContent created through the VolumeSnapshotClass should be deleted when its bound VolumeSnapshot is deleted.',
    }),
    CUSTOM_AGE,
  ],
  schema: withMetadata({
    description:
      'VolumeSnapshotClass specifies parameters that a underlying storage system uses when creating a volume snapshot.',
    required: ['deletionPolicy', 'driver'],
    properties: {
      deletionPolicy,
      driver: text,
      parameters: { type: 'object', additionalProperties: text },
    },
  }),
})

export const volumeSnapshotContent = customKind({
  ...SNAPSHOT,
  kind: 'VolumeSnapshotContent',
  resource: 'volumesnapshotcontents',
  shortNames: ['vsc', 'vscs'],
  namespaced: false,
  hasStatus: true,
  columns: [
    pathColumn({ name: 'ReadyToUse', type: 'boolean', path: '.status.readyToUse' }),
    pathColumn({ name: 'RestoreSize', type: 'integer', path: '.status.restoreSize' }),
    pathColumn({ name: 'DeletionPolicy', path: '.spec.deletionPolicy' }),
    pathColumn({ name: 'Driver', path: '.spec.driver' }),
    pathColumn({ name: 'VolumeSnapshotClass', path: '.spec.volumeSnapshotClassName' }),
    pathColumn({ name: 'VolumeSnapshot', path: '.spec.volumeSnapshotRef.name' }),
    pathColumn({
      name: 'VolumeSnapshotNamespace',
      path: '.spec.volumeSnapshotRef.namespace',
    }),
    CUSTOM_AGE,
  ],
  schema: withMetadata({
    description:
      'VolumeSnapshotContent represents the actual "on-disk" snapshot object in the underlying storage system',
    required: ['spec'],
    spec: {
      ...fields({
        deletionPolicy,
        driver: text,
        source: fields({ snapshotHandle: text, volumeHandle: text }),
        sourceVolumeMode: text,
        volumeSnapshotClassName: text,
        volumeSnapshotRef: fields({
          apiVersion: text,
          fieldPath: text,
          kind: text,
          name: text,
          namespace: text,
          resourceVersion: text,
          uid: text,
        }),
      }),
      required: ['deletionPolicy', 'driver', 'source', 'volumeSnapshotRef'],
    },
    status: fields({
      creationTime: { type: 'integer', format: 'int64' },
      error: failure,
      readyToUse: { type: 'boolean' },
      restoreSize: bytes,
      snapshotHandle: text,
      volumeGroupSnapshotHandle: text,
    }),
  }),
})
