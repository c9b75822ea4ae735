import { expect } from 'vitest'
import { conflict, failure, forbidden, invalid, notFound, type Exchange } from '../exchange.ts'
import { managed, metadata } from '../objects.ts'
import { ADDRESS, TIME, TOKEN, UID, VERSION } from '../volatile.ts'

const NAMESPACE = '/api/v1/namespaces/default'
const MAPS = `${NAMESPACE}/configmaps`
const RBAC = 'rbac.authorization.k8s.io'
const APPLY = 'application/apply-patch+yaml'

const meta = (name: string, ...paths: string[]): object =>
  metadata(
    name,
    paths.length === 0 ? {} : { managedFields: [managed('unknown', paths)] },
    'default',
  )
const configMap = (name: string, data: object, more: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...more },
  data,
})

/** Kinds that a PUT creates. */
const created: Exchange[] = [
  {
    name: 'a PUT creates endpoints',
    method: 'PUT',
    path: `${NAMESPACE}/endpoints/put`,
    body: { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'put' } },
    status: 201,
    answer: { kind: 'Endpoints', apiVersion: 'v1', metadata: meta('put') },
  },
  {
    name: 'a PUT creates a service',
    method: 'PUT',
    path: `${NAMESPACE}/services/put`,
    body: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'put' },
      spec: { ports: [{ port: 80 }] },
    },
    status: 201,
    answer: {
      kind: 'Service',
      apiVersion: 'v1',
      metadata: meta(
        'put',
        'spec internalTrafficPolicy',
        'spec ports .',
        ...['.', 'port', 'protocol', 'targetPort'].map(
          (field) => `spec ports k:{"port":80,"protocol":"TCP"} ${field}`,
        ),
        'spec sessionAffinity',
        'spec type',
      ),
      spec: {
        ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }],
        clusterIP: ADDRESS,
        clusterIPs: [ADDRESS],
        type: 'ClusterIP',
        sessionAffinity: 'None',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        internalTrafficPolicy: 'Cluster',
      },
      status: { loadBalancer: {} },
    },
  },
  {
    name: 'a PUT creates a role',
    method: 'PUT',
    path: `/apis/${RBAC}/v1/namespaces/default/roles/put`,
    body: {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata: { name: 'put' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    },
    status: 201,
    answer: {
      kind: 'Role',
      apiVersion: `${RBAC}/v1`,
      metadata: metadata(
        'put',
        { managedFields: [managed('unknown', ['rules'], { apiVersion: `${RBAC}/v1` })] },
        'default',
      ),
      rules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }],
    },
  },
]

/** One config map through its life. */
const updates: Exchange[] = [
  {
    name: 'create to update',
    method: 'POST',
    path: MAPS,
    body: configMap('updated', { a: '1' }),
    status: 201,
    answer: {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: meta('updated', 'data .', 'data a'),
      data: { a: '1' },
    },
  },
  {
    name: 'an update without a version',
    method: 'PUT',
    path: `${MAPS}/updated`,
    body: configMap('updated', { a: '2' }),
    status: 200,
    answer: {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: meta('updated', 'data .', 'data a'),
      data: { a: '2' },
    },
  },
  {
    name: 'an update of an old version',
    method: 'PUT',
    path: `${MAPS}/updated`,
    body: configMap('updated', { a: '3' }, { resourceVersion: '1' }),
    ...conflict('configmaps', 'updated'),
  },
  {
    name: 'a patch of an old version',
    method: 'PATCH',
    path: `${MAPS}/updated`,
    type: 'application/merge-patch+json',
    body: { metadata: { resourceVersion: '1' }, data: { a: '3' } },
    ...conflict('configmaps', 'updated'),
  },
  {
    name: 'an update of another object of the name',
    method: 'PUT',
    path: `${MAPS}/updated`,
    body: configMap('updated', {}, { uid: 'other' }),
    ...conflict(
      'configmaps',
      'updated',
      `StorageError: invalid object, Code: 4, Key: /registry/configmaps/default/updated, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: ${UID}`,
    ),
  },
  {
    name: 'a rehearsed update',
    method: 'PUT',
    path: `${MAPS}/updated?dryRun=All`,
    body: configMap('updated', { b: '1' }),
    status: 200,
    answer: {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: meta('updated', 'data .', 'data b'),
      data: { b: '1' },
    },
  },
  {
    name: 'applying over an update',
    method: 'PATCH',
    path: `${MAPS}/updated?fieldManager=applier`,
    type: APPLY,
    body: configMap('updated', { a: '4', b: '4' }),
    ...failure(
      409,
      'Conflict',
      'Apply failed with 1 conflict: conflict with "unknown" using v1: .data.a',
      {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "unknown" using v1',
            field: '.data.a',
          },
        ],
      },
    ),
  },
  {
    name: 'applying over two fields',
    method: 'PATCH',
    path: `${MAPS}/updated?fieldManager=applier&force=true`,
    type: APPLY,
    body: configMap('updated', { a: '4', b: '4' }),
    status: 200,
    answer: {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: metadata(
        'updated',
        {
          managedFields: [
            managed('applier', ['data a', 'data b'], { operation: 'Apply' }),
            managed('unknown', ['data']),
          ],
        },
        'default',
      ),
      data: { a: '4', b: '4' },
    },
  },
  {
    name: 'applying over two applied fields',
    method: 'PATCH',
    path: `${MAPS}/updated?fieldManager=second`,
    type: APPLY,
    body: configMap('updated', { a: '5', b: '5' }),
    ...failure(
      409,
      'Conflict',
      'Apply failed with 2 conflicts: conflicts with "applier":\n- .data.a\n- .data.b',
      {
        causes: ['.data.a', '.data.b'].map((field) => ({
          reason: 'FieldManagerConflict',
          message: 'conflict with "applier"',
          field,
        })),
      },
    ),
  },
  {
    name: 'applying managed fields',
    method: 'PATCH',
    path: `${MAPS}/updated?fieldManager=second`,
    type: APPLY,
    body: configMap('updated', {}, { managedFields: [{ manager: 'x' }] }),
    ...failure(400, 'BadRequest', 'metadata.managedFields must be nil'),
  },
  {
    name: 'a VM is not updated blindly',
    method: 'PUT',
    path: '/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterinstancetypes/u1.nano',
    body: {
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachineClusterInstancetype',
      metadata: { name: 'u1.nano' },
      spec: { cpu: { guest: 1 }, memory: { guest: '1Gi' } },
    },
    ...invalid('virtualmachineclusterinstancetypes.instancetype.kubevirt.io', 'u1.nano', [
      'metadata.resourceVersion',
      'Invalid value: 0x0: must be specified for an update',
    ]),
  },
]

const deletions: Exchange[] = [
  {
    name: 'a deletion for another object of the name',
    method: 'DELETE',
    path: `${MAPS}/updated`,
    body: { preconditions: { uid: 'other' } },
    ...conflict(
      'ConfigMap',
      'updated',
      `the UID in the precondition (other) does not match the UID in record (${UID}). The object might have been deleted and then recreated`,
    ),
  },
  {
    name: 'a deletion of an old version',
    method: 'DELETE',
    path: `${MAPS}/updated`,
    body: { preconditions: { resourceVersion: '1' } },
    ...failure(
      409,
      'Conflict',
      expect.stringMatching(
        /^Operation cannot be fulfilled on ConfigMap "updated": the ResourceVersion in the precondition \(1\) does not match the ResourceVersion in record \(\d+\)\. The object might have been modified$/,
      ) as string,
      { name: 'updated', kind: 'ConfigMap' },
    ),
  },
  {
    name: 'a rehearsed deletion',
    method: 'DELETE',
    path: `${MAPS}/updated?dryRun=All`,
    status: 200,
    answer: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'updated', kind: 'configmaps', uid: UID },
    },
  },
  {
    name: 'a deletion',
    method: 'DELETE',
    path: `${MAPS}/updated?propagationPolicy=Background`,
    status: 200,
    answer: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'updated', kind: 'configmaps', uid: UID },
    },
  },
  {
    name: 'gone',
    method: 'GET',
    path: `${MAPS}/updated`,
    ...notFound('configmaps', 'updated'),
  },
  ...['default', 'kube-system', 'kube-public'].map((name): Exchange => ({
    name: `the namespace ${name} stays`,
    method: 'DELETE',
    path: `/api/v1/namespaces/${name}`,
    ...forbidden('namespaces', name, 'this namespace may not be deleted'),
  })),
  {
    name: 'nothing is created in a namespace that is not there',
    method: 'POST',
    path: '/apis/kubevirt.io/v1/namespaces/none/virtualmachineinstancemigrations',
    body: {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstanceMigration',
      metadata: { name: 'x' },
      spec: { vmiName: 'x' },
    },
    ...notFound('namespaces', 'none'),
  },
  {
    name: 'a namespace begins to go',
    method: 'DELETE',
    path: '/api/v1/namespaces/leaving',
    status: 200,
    answer: expect.objectContaining({ status: { phase: 'Terminating' } }) as unknown,
  },
  {
    name: 'nothing is created in a namespace that goes',
    method: 'POST',
    path: '/api/v1/namespaces/leaving/configmaps',
    body: configMap('late', {}),
    ...failure(
      403,
      'Forbidden',
      'configmaps "late" is forbidden: unable to create new content in namespace leaving because it is being terminated',
      {
        name: 'late',
        kind: 'configmaps',
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: 'namespace leaving is being terminated',
            field: 'metadata.namespace',
          },
        ],
      },
    ),
  },
  {
    name: 'a list in a namespace that is not there is empty',
    method: 'GET',
    path: '/api/v1/namespaces/none/pods',
    status: 200,
    answer: {
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: { resourceVersion: VERSION },
      items: [],
    },
  },
]

const forms: Exchange[] = [
  {
    name: 'metadata alone of a list',
    method: 'GET',
    path: '/api/v1/namespaces?limit=1',
    headers: { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' },
    status: 200,
    answer: {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata: {
        resourceVersion: VERSION,
        continue: TOKEN,
        remainingItemCount: expect.any(Number) as unknown,
      },
      items: [
        {
          kind: 'PartialObjectMetadata',
          apiVersion: 'meta.k8s.io/v1',
          metadata: expect.objectContaining({ uid: UID, creationTimestamp: TIME }) as unknown,
        },
      ],
    },
  },
  {
    name: 'metadata alone of an object',
    method: 'GET',
    path: '/api/v1/namespaces/default',
    headers: { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' },
    status: 200,
    answer: {
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: expect.objectContaining({ name: 'default', uid: UID }) as unknown,
    },
  },
  {
    name: 'an object as YAML',
    method: 'GET',
    path: '/api/v1/namespaces/default',
    headers: { accept: 'application/yaml' },
    status: 200,
    contentType: 'application/yaml',
    answer: expect.stringMatching(
      /^kind: Namespace\napiVersion: v1\nmetadata:\n {2}name: default\n/,
    ),
  },
  {
    name: 'a version that is not there yet',
    method: 'GET',
    path: '/api/v1/namespaces/default?resourceVersion=99999999',
    ...failure(
      504,
      'Timeout',
      expect.stringMatching(
        /^Timeout: Too large resource version: 99999999, current: \d+$/,
      ) as string,
      {
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
        retryAfterSeconds: 1,
      },
    ),
    answerHeaders: { 'retry-after': '1' },
  },
]

/** Writes and reads that hold for every kind, shown with one. */
export const writes: Exchange[] = [...created, ...updates, ...deletions, ...forms]
