import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestCluster, type TestCluster } from './test-cluster.ts'
import type { TestRequest } from './test-requests.ts'

/*
 * What a real kube-apiserver answered to the same requests, in this order, in one namespace. The
 * expected bodies hold for the fields they name; volatile ones are left out.
 */
interface Exchange {
  name: string
  method: string
  path: string
  request?: TestRequest
  status: number
  contentType?: string
  body?: unknown
}

const NS = '/api/v1/namespaces/golden'
const time = expect.any(String) as string
const MERGE = 'application/merge-patch+json'
const configMap = (name: string, more: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'golden', ...more },
  data: { 'ca.pem': 'x' },
})
const status = (code: number, reason: string, message: string, details?: object): object => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  reason,
  ...(details === undefined ? {} : { details }),
  code,
})
const managed = (manager: string, operation: string, fieldsV1: object): object[] => [
  { manager, operation, apiVersion: 'v1', time, fieldsType: 'FieldsV1', fieldsV1 },
]
const BAD_NAME = `Invalid value: "Bad_Name": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`

const EXCHANGES: Exchange[] = [
  {
    name: 'api-versions',
    method: 'GET',
    path: '/api',
    status: 200,
    body: {
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [
        { clientCIDR: '0.0.0.0/0', serverAddress: expect.any(String) },
      ],
    },
  },
  {
    name: 'readyz',
    method: 'GET',
    path: '/readyz',
    status: 200,
    contentType: 'text/plain; charset=utf-8',
  },
  {
    name: 'no-token',
    method: 'GET',
    path: '/api/v1/namespaces',
    request: { as: null },
    status: 403,
    body: status(
      403,
      'Forbidden',
      'namespaces is forbidden: User "system:anonymous" cannot list resource "namespaces" in API group "" at the cluster scope',
      { kind: 'namespaces' },
    ),
  },
  {
    name: 'bad-token',
    method: 'GET',
    path: '/api/v1/namespaces',
    request: { as: null, headers: { authorization: 'Bearer nope' } },
    status: 401,
    body: status(401, 'Unauthorized', 'Unauthorized'),
  },
  {
    name: 'forbidden-list',
    method: 'GET',
    path: '/apis/kubevirt.io/v1/virtualmachines',
    request: { headers: { 'impersonate-user': 'dev' } },
    status: 403,
    body: status(
      403,
      'Forbidden',
      'virtualmachines.kubevirt.io is forbidden: User "dev" cannot list resource "virtualmachines" in API group "kubevirt.io" at the cluster scope',
      { group: 'kubevirt.io', kind: 'virtualmachines' },
    ),
  },
  {
    name: 'access-review-allowed',
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    request: {
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: {
          resourceAttributes: {
            namespace: 'golden',
            verb: 'create',
            group: 'kubevirt.io',
            resource: 'virtualmachines',
          },
        },
      },
    },
    status: 201,
    body: {
      kind: 'SelfSubjectAccessReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: {
        creationTimestamp: null,
        managedFields: [
          {
            manager: 'unknown',
            operation: 'Update',
            apiVersion: 'authorization.k8s.io/v1',
            time,
            fieldsType: 'FieldsV1',
            fieldsV1: {
              'f:spec': {
                'f:resourceAttributes': {
                  '.': {},
                  'f:group': {},
                  'f:namespace': {},
                  'f:resource': {},
                  'f:verb': {},
                },
              },
            },
          },
        ],
      },
      spec: {
        resourceAttributes: {
          namespace: 'golden',
          verb: 'create',
          group: 'kubevirt.io',
          resource: 'virtualmachines',
        },
      },
      status: { allowed: true },
    },
  },
  {
    name: 'namespace-create',
    method: 'POST',
    path: '/api/v1/namespaces',
    request: { body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'golden' } } },
    status: 201,
    body: {
      kind: 'Namespace',
      apiVersion: 'v1',
      metadata: {
        name: 'golden',
        labels: { 'kubernetes.io/metadata.name': 'golden' },
        managedFields: managed('unknown', 'Update', {
          'f:metadata': { 'f:labels': { '.': {}, 'f:kubernetes.io/metadata.name': {} } },
        }),
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    },
  },
  {
    name: 'namespace-conflict',
    method: 'POST',
    path: '/api/v1/namespaces',
    request: { body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'golden' } } },
    status: 409,
    body: status(409, 'AlreadyExists', 'namespaces "golden" already exists', {
      name: 'golden',
      kind: 'namespaces',
    }),
  },
  {
    name: 'namespace-bad-name',
    method: 'POST',
    path: '/api/v1/namespaces',
    request: { body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'Bad_Name' } } },
    status: 422,
    body: status(
      422,
      'Invalid',
      `Namespace "Bad_Name" is invalid: metadata.name: ${BAD_NAME}`,
      {
        name: 'Bad_Name',
        kind: 'Namespace',
        causes: [{ reason: 'FieldValueInvalid', message: BAD_NAME, field: 'metadata.name' }],
      },
    ),
  },
  {
    name: 'create',
    method: 'POST',
    path: `${NS}/configmaps`,
    request: { body: configMap('tls-certs') },
    status: 201,
    body: {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {
        name: 'tls-certs',
        namespace: 'golden',
        managedFields: managed('unknown', 'Update', { 'f:data': { '.': {}, 'f:ca.pem': {} } }),
      },
      data: { 'ca.pem': 'x' },
    },
  },
  {
    name: 'get-missing',
    method: 'GET',
    path: `${NS}/configmaps/none`,
    status: 404,
    body: status(404, 'NotFound', 'configmaps "none" not found', {
      name: 'none',
      kind: 'configmaps',
    }),
  },
  {
    name: 'merge-patch',
    method: 'PATCH',
    path: `${NS}/configmaps/tls-certs`,
    request: { type: MERGE, body: { data: { a: '1', 'ca.pem': null } } },
    status: 200,
    body: {
      metadata: {
        managedFields: managed('unknown', 'Update', { 'f:data': { '.': {}, 'f:a': {} } }),
      },
      data: { a: '1' },
    },
  },
  {
    name: 'json-patch',
    method: 'PATCH',
    path: `${NS}/configmaps/tls-certs`,
    request: {
      type: 'application/json-patch+json',
      body: [
        { op: 'test', path: '/data/a', value: '1' },
        { op: 'add', path: '/data/b', value: '2' },
      ],
    },
    status: 200,
    body: { data: { a: '1', b: '2' } },
  },
  {
    name: 'stale-update',
    method: 'PUT',
    path: `${NS}/configmaps/tls-certs`,
    request: { body: configMap('tls-certs', { resourceVersion: '1' }) },
    status: 409,
    body: status(
      409,
      'Conflict',
      'Operation cannot be fulfilled on configmaps "tls-certs": the object has been modified; please apply your changes to the latest version and try again',
      { name: 'tls-certs', kind: 'configmaps' },
    ),
  },
  {
    name: 'apply',
    method: 'PATCH',
    path: `${NS}/configmaps/applied?fieldManager=me`,
    request: {
      type: 'application/apply-patch+yaml',
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'applied' },
        data: { x: '1' },
      },
    },
    status: 201,
    body: {
      metadata: {
        name: 'applied',
        managedFields: managed('me', 'Apply', { 'f:data': { 'f:x': {} } }),
      },
      data: { x: '1' },
    },
  },
  {
    name: 'apply-conflict',
    method: 'PATCH',
    path: `${NS}/configmaps/applied?fieldManager=other`,
    request: {
      type: 'application/apply-patch+yaml',
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'applied' },
        data: { x: '2' },
      },
    },
    status: 409,
    body: status(409, 'Conflict', 'Apply failed with 1 conflict: conflict with "me": .data.x', {
      causes: [
        { reason: 'FieldManagerConflict', message: 'conflict with "me"', field: '.data.x' },
      ],
    }),
  },
  {
    name: 'apply-force',
    method: 'PATCH',
    path: `${NS}/configmaps/applied?fieldManager=other&force=true`,
    request: {
      type: 'application/apply-patch+yaml',
      body: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: applied\ndata:\n  x: "2"\n',
    },
    status: 200,
    body: {
      metadata: { managedFields: managed('other', 'Apply', { 'f:data': { 'f:x': {} } }) },
      data: { x: '2' },
    },
  },
  {
    name: 'dry-run',
    method: 'POST',
    path: `${NS}/configmaps?dryRun=All`,
    request: { body: configMap('dry') },
    status: 201,
    body: { metadata: { name: 'dry', uid: expect.any(String) } },
  },
  {
    name: 'dry-run-left-nothing',
    method: 'GET',
    path: `${NS}/configmaps/dry`,
    status: 404,
  },
  {
    name: 'generate-name',
    method: 'POST',
    path: `${NS}/configmaps`,
    request: {
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'gen-' } },
    },
    status: 201,
    body: {
      metadata: {
        name: expect.stringMatching(/^gen-[a-z0-9]{5}$/),
        generateName: 'gen-',
        managedFields: managed('unknown', 'Update', { 'f:metadata': { 'f:generateName': {} } }),
      },
    },
  },
  {
    name: 'unsupported-patch-type',
    method: 'PATCH',
    path: `${NS}/configmaps/tls-certs`,
    request: { type: 'text/plain', body: '{}' },
    status: 415,
    body: status(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {}),
  },
  {
    name: 'list-limit',
    method: 'GET',
    path: `${NS}/configmaps?limit=1`,
    status: 200,
    body: {
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { continue: expect.any(String), remainingItemCount: 2 },
      items: [{ metadata: { name: 'applied' }, data: { x: '2' } }],
    },
  },
  {
    name: 'field-selector',
    method: 'GET',
    path: `${NS}/configmaps?fieldSelector=metadata.name%3Dapplied`,
    status: 200,
    body: { kind: 'ConfigMapList', items: [{ metadata: { name: 'applied' } }] },
  },
  {
    name: 'delete',
    method: 'DELETE',
    path: `${NS}/configmaps/tls-certs`,
    status: 200,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'tls-certs', kind: 'configmaps', uid: expect.any(String) },
    },
  },
  {
    name: 'finalizer-create',
    method: 'POST',
    path: `${NS}/configmaps`,
    request: { body: configMap('fin', { finalizers: ['example.com/hold'] }) },
    status: 201,
    body: {
      metadata: {
        finalizers: ['example.com/hold'],
        managedFields: managed('unknown', 'Update', {
          'f:data': { '.': {}, 'f:ca.pem': {} },
          'f:metadata': { 'f:finalizers': { '.': {}, 'v:"example.com/hold"': {} } },
        }),
      },
    },
  },
  {
    name: 'finalizer-delete',
    method: 'DELETE',
    path: `${NS}/configmaps/fin`,
    status: 200,
    body: {
      kind: 'ConfigMap',
      metadata: {
        deletionTimestamp: time,
        deletionGracePeriodSeconds: 0,
        finalizers: ['example.com/hold'],
      },
    },
  },
  {
    name: 'finalizer-release',
    method: 'PATCH',
    path: `${NS}/configmaps/fin`,
    request: { type: MERGE, body: { metadata: { finalizers: null } } },
    status: 200,
    body: { metadata: { name: 'fin', deletionTimestamp: time } },
  },
  { name: 'finalizer-gone', method: 'GET', path: `${NS}/configmaps/fin`, status: 404 },
  {
    name: 'unknown-resource',
    method: 'GET',
    path: `${NS}/widgets`,
    status: 404,
    body: status(404, 'NotFound', 'the server could not find the requested resource', {}),
  },
  {
    name: 'unknown-path',
    method: 'GET',
    path: '/nope',
    status: 404,
    contentType: 'text/plain; charset=utf-8',
  },
  {
    name: 'missing-namespace',
    method: 'POST',
    path: '/api/v1/namespaces/none/configmaps',
    request: { body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } } },
    status: 404,
    body: status(404, 'NotFound', 'namespaces "none" not found', {
      name: 'none',
      kind: 'namespaces',
    }),
  },
  {
    name: 'strategic-merge-patch-of-a-custom-resource',
    method: 'PATCH',
    path: '/apis/kubevirt.io/v1/namespaces/golden/virtualmachines/x',
    request: { type: 'application/strategic-merge-patch+json', body: {} },
    status: 415,
  },
  {
    name: 'namespace-delete',
    method: 'DELETE',
    path: '/api/v1/namespaces/golden',
    status: 200,
    body: {
      kind: 'Namespace',
      metadata: { name: 'golden', deletionTimestamp: time },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Terminating' },
    },
  },
  {
    name: 'create-in-terminating-namespace',
    method: 'POST',
    path: `${NS}/configmaps`,
    request: { body: configMap('late') },
    status: 403,
    body: status(
      403,
      'Forbidden',
      'configmaps "late" is forbidden: unable to create new content in namespace golden because it is being terminated',
      {
        name: 'late',
        kind: 'configmaps',
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: 'namespace golden is being terminated',
            field: 'metadata.namespace',
          },
        ],
      },
    ),
  },
]

describe('answers of a real API server', () => {
  let cluster: TestCluster
  beforeAll(async () => {
    cluster = await startTestCluster()
  })
  afterAll(() => cluster.close())

  test.each(EXCHANGES)('$name', async (exchange) => {
    const answer = await cluster.send(exchange.method, exchange.path, exchange.request)
    expect(answer).toMatchObject({ status: exchange.status })
    expect(answer.headers['content-type']).toBe(exchange.contentType ?? 'application/json')
    expect(answer.headers['audit-id']).toEqual(expect.any(String))
    const body = (exchange.body ?? {}) as { kind?: string }
    // A Status has no more fields than the real one's; objects may.
    const isStatus = body.kind === 'Status'
    expect(isStatus ? answer.json : body).toEqual(body)
    expect(answer.json ?? {}).toMatchObject(body)
  })
})
