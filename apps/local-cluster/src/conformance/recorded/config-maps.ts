import { conflict, failure, notFound, type Exchange } from '../exchange.ts'
import { managed, metadata } from '../objects.ts'
import { SUFFIX, TIME, TOKEN, UID, VERSION } from '../volatile.ts'

const PATH = '/api/v1/namespaces/golden/configmaps'
const MERGE = 'application/merge-patch+json'
const APPLY = 'application/apply-patch+yaml'
const DATA = ['data .', 'data ca.pem']

const posted = (name: string, more: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'golden', ...more },
  data: { 'ca.pem': 'x' },
})
const configMap = (meta: object, data?: object): object => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: meta,
  ...(data === undefined ? {} : { data }),
})
const owned = (...paths: string[]): object => ({ managedFields: [managed('unknown', paths)] })
const applied = (x: string, manager: string): [meta: object, data: object] => [
  metadata('applied', {
    managedFields: [managed(manager, ['data x'], { operation: 'Apply' })],
  }),
  { x },
]
const apply = (x: string): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'applied' },
  data: { x },
})
const GENERATED = metadata(`gen-${SUFFIX}`, {
  generateName: 'gen-',
  ...owned('metadata generateName'),
})

const ITEM = { metadata: applied('2', 'other')[0], data: { x: '2' } }

export const configMaps: Exchange[] = [
  {
    name: 'cm-create',
    method: 'POST',
    path: PATH,
    body: posted('tls-certs'),
    status: 201,
    answer: configMap(metadata('tls-certs', owned(...DATA)), { 'ca.pem': 'x' }),
  },
  {
    name: 'cm-get-missing',
    method: 'GET',
    path: `${PATH}/none`,
    ...notFound('configmaps', 'none'),
  },
  {
    name: 'cm-merge-patch',
    method: 'PATCH',
    path: `${PATH}/tls-certs`,
    type: MERGE,
    body: { data: { a: '1', 'ca.pem': null } },
    status: 200,
    answer: configMap(metadata('tls-certs', owned('data .', 'data a')), { a: '1' }),
  },
  {
    name: 'cm-json-patch',
    method: 'PATCH',
    path: `${PATH}/tls-certs`,
    type: 'application/json-patch+json',
    body: [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'add', path: '/data/b', value: '2' },
    ],
    status: 200,
    answer: configMap(metadata('tls-certs', owned('data .', 'data a', 'data b')), {
      a: '1',
      b: '2',
    }),
  },
  {
    name: 'cm-stale-update',
    method: 'PUT',
    path: `${PATH}/tls-certs`,
    body: posted('tls-certs', { resourceVersion: '1' }),
    ...conflict('configmaps', 'tls-certs'),
  },
  {
    name: 'cm-apply',
    method: 'PATCH',
    path: `${PATH}/applied?fieldManager=me`,
    type: APPLY,
    body: apply('1'),
    status: 201,
    answer: configMap(...applied('1', 'me')),
  },
  {
    name: 'cm-apply-conflict',
    method: 'PATCH',
    path: `${PATH}/applied?fieldManager=other`,
    type: APPLY,
    body: apply('2'),
    ...failure(409, 'Conflict', 'Apply failed with 1 conflict: conflict with "me": .data.x', {
      causes: [
        { reason: 'FieldManagerConflict', message: 'conflict with "me"', field: '.data.x' },
      ],
    }),
  },
  {
    // Not among the recorded answers, but it was sent: what follows shows it.
    name: 'cm-apply-force',
    method: 'PATCH',
    path: `${PATH}/applied?fieldManager=other&force=true`,
    type: APPLY,
    body: apply('2'),
    status: 200,
    answer: configMap(...applied('2', 'other')),
  },
  {
    name: 'cm-dry-run',
    method: 'POST',
    path: `${PATH}?dryRun=All`,
    body: posted('dry'),
    status: 201,
    answer: configMap(
      {
        name: 'dry',
        namespace: 'golden',
        uid: UID,
        creationTimestamp: TIME,
        ...owned(...DATA),
      },
      { 'ca.pem': 'x' },
    ),
  },
  {
    name: 'cm-generate-name',
    method: 'POST',
    path: PATH,
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'gen-' } },
    status: 201,
    answer: configMap(GENERATED),
  },
  {
    name: 'cm-unsupported-patch-type',
    method: 'PATCH',
    path: `${PATH}/tls-certs`,
    type: 'text/plain',
    body: '{}',
    ...failure(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {}),
  },
  {
    // The recorded cluster has one config map more, OpenShift's openshift-service-ca.crt.
    name: 'cm-list-limit',
    method: 'GET',
    path: `${PATH}?limit=1`,
    eventually: true,
    status: 200,
    answer: {
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { resourceVersion: VERSION, continue: TOKEN, remainingItemCount: 3 },
      items: [ITEM],
    },
  },
  {
    name: 'cm-field-selector',
    method: 'GET',
    path: `${PATH}?fieldSelector=metadata.name%3Dapplied`,
    status: 200,
    answer: {
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { resourceVersion: VERSION },
      items: [ITEM],
    },
  },
]
