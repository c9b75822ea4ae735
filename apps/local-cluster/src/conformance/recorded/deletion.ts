import { failure, type Exchange } from '../exchange.ts'
import { managed, metadata } from '../objects.ts'
import { TIME, UID } from '../volatile.ts'

const PATH = '/api/v1/namespaces/golden/configmaps'
const HOLD = 'example.com/hold'
const DATA = ['data .', 'data ca.pem']
const HELD = [...DATA, 'metadata finalizers .', `metadata finalizers v:${JSON.stringify(HOLD)}`]
const DELETED = { deletionTimestamp: TIME, deletionGracePeriodSeconds: 0 }

const held = (meta: object, paths: string[]): object => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: metadata('fin', { ...meta, managedFields: [managed('unknown', paths)] }),
  data: { 'ca.pem': 'x' },
})

export const deletion: Exchange[] = [
  {
    name: 'cm-delete',
    method: 'DELETE',
    path: `${PATH}/tls-certs`,
    status: 200,
    answer: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'tls-certs', kind: 'configmaps', uid: UID },
    },
  },
  {
    name: 'cm-finalizer-create',
    method: 'POST',
    path: PATH,
    body: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'fin', namespace: 'golden', finalizers: [HOLD] },
      data: { 'ca.pem': 'x' },
    },
    status: 201,
    answer: held({ finalizers: [HOLD] }, HELD),
  },
  {
    name: 'cm-finalizer-delete',
    method: 'DELETE',
    path: `${PATH}/fin`,
    status: 200,
    answer: held({ ...DELETED, finalizers: [HOLD] }, HELD),
  },
  {
    name: 'cm-finalizer-release',
    method: 'PATCH',
    path: `${PATH}/fin`,
    type: 'application/merge-patch+json',
    body: { metadata: { finalizers: null } },
    status: 200,
    answer: held(DELETED, DATA),
  },
  {
    name: 'unknown-resource',
    method: 'GET',
    path: '/api/v1/namespaces/golden/widgets',
    ...failure(404, 'NotFound', 'the server could not find the requested resource', {}),
  },
  {
    name: 'unknown-path',
    method: 'GET',
    path: '/nope',
    status: 404,
    contentType: 'text/plain; charset=utf-8',
    answer: '404 page not found\n',
  },
]
