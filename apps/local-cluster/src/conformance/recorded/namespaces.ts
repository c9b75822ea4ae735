import { expect } from 'vitest'
import { alreadyExists, invalid, type Exchange } from '../exchange.ts'
import { managed, metadata } from '../objects.ts'
import { AGE } from '../volatile.ts'
import { CREATION_TIMESTAMP, NAME_COLUMN, TABLE } from '../tables.ts'

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'golden' } }
const LABEL = 'kubernetes.io/metadata.name'

const namespaceMetadata = (name: string, manager: string): object =>
  metadata(
    name,
    {
      labels: { [LABEL]: name },
      managedFields: [managed(manager, ['metadata labels .', `metadata labels ${LABEL}`])],
    },
    '',
  )

export const namespaces: Exchange[] = [
  {
    name: 'ns-create',
    method: 'POST',
    path: '/api/v1/namespaces',
    body: NAMESPACE,
    status: 201,
    answer: {
      kind: 'Namespace',
      apiVersion: 'v1',
      metadata: namespaceMetadata('golden', 'unknown'),
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    },
  },
  {
    name: 'ns-conflict',
    method: 'POST',
    path: '/api/v1/namespaces',
    body: NAMESPACE,
    ...alreadyExists('namespaces', 'golden'),
  },
  {
    name: 'ns-bad-name',
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { ...NAMESPACE, metadata: { name: 'Bad_Name' } },
    ...invalid('Namespace', 'Bad_Name', [
      'metadata.name',
      `Invalid value: "Bad_Name": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
    ]),
  },
  {
    name: 'ns-table',
    method: 'GET',
    path: '/api/v1/namespaces',
    headers: { accept: TABLE },
    status: 200,
    answer: {
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { resourceVersion: '<version>' },
      columnDefinitions: [
        NAME_COLUMN,
        {
          name: 'Status',
          type: 'string',
          format: '',
          description: 'The status of the namespace',
          priority: 0,
        },
        {
          name: 'Age',
          type: 'string',
          format: '',
          description: CREATION_TIMESTAMP,
          priority: 0,
        },
      ],
      // This cluster has some more; those of the recorded one are like these.
      rows: expect.arrayContaining(
        ['default', 'golden', 'kube-node-lease', 'kube-public', 'kube-system', 'kubevirt'].map(
          (name) => ({
            cells: [name, 'Active', AGE],
            object: {
              kind: 'PartialObjectMetadata',
              apiVersion: 'meta.k8s.io/v1',
              metadata: namespaceMetadata(
                name,
                name === 'golden' ? 'unknown' : 'kube-apiserver',
              ),
            },
          }),
        ),
      ) as unknown,
    },
  },
]
