import { alreadyExists, failure, notFound, type Exchange } from '../exchange.ts'
import { NAME_COLUMN, pathColumn, TABLE } from '../tables.ts'
import { AGE, TIME, VERSION } from '../volatile.ts'
import {
  ANNOTATIONS,
  apiVersion,
  byKubeVirt,
  byStatusWriter,
  byWriter,
  created,
  FINALIZER,
  PATH,
  RUNNING_WARNING,
  SNAPSHOT_STATUSES,
  storedMetadata,
  storedSpec,
  virtualMachine,
} from './virtual-machine.ts'

const OLD = PATH.replace('/v1/', '/v1alpha3/')
const OLD_WARNING =
  '299 - "kubevirt.io/v1alpha3 is now deprecated and will be removed in a future release."'
const CONTROLLED = { annotations: ANNOTATIONS, finalizers: [FINALIZER] }

const MANAGERS = [byKubeVirt(), byStatusWriter(), byWriter()]
const STOPPED = {
  apiVersion,
  kind: 'VirtualMachine',
  metadata: storedMetadata('vm-a', MANAGERS, CONTROLLED),
  spec: storedSpec({ name: 'vm-a' }),
  status: {
    conditions: [
      {
        lastProbeTime: TIME,
        lastTransitionTime: TIME,
        message: 'VMI does not exist',
        reason: 'VMINotExists',
        status: 'False',
        type: 'Ready',
      },
    ],
    printableStatus: 'Stopped',
    // Since KubeVirt 1.4.
    runStrategy: 'Halted',
    volumeSnapshotStatuses: SNAPSHOT_STATUSES,
  },
}

const create = (
  name: string,
  body: object,
): Pick<Exchange, 'name' | 'method' | 'path' | 'body'> => ({
  name,
  method: 'POST',
  path: PATH,
  body,
})

export const virtualMachines: Exchange[] = [
  {
    ...create('strict-unknown-field', virtualMachine({ name: 'strict', spec: { bogus: 1 } })),
    path: `${PATH}?fieldValidation=Strict`,
    ...failure(
      400,
      'BadRequest',
      'VirtualMachine in version "v1" cannot be handled as a VirtualMachine: strict decoding error: unknown field "spec.bogus"',
    ),
  },
  {
    ...create('vm-create', virtualMachine({ name: 'vm-a' })),
    status: 201,
    answerHeaders: { warning: RUNNING_WARNING },
    answer: created({ name: 'vm-a' }),
  },
  {
    name: 'vm-get',
    method: 'GET',
    path: `${PATH}/vm-a`,
    eventually: true,
    status: 200,
    answer: STOPPED,
  },
  {
    name: 'vm-table',
    method: 'GET',
    path: PATH,
    headers: { accept: TABLE },
    status: 200,
    answer: {
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { resourceVersion: VERSION },
      columnDefinitions: [
        NAME_COLUMN,
        pathColumn('Age', '.metadata.creationTimestamp', { type: 'date' }),
        pathColumn('Status', '.status.printableStatus', {
          description: 'Human Readable Status',
        }),
        pathColumn('Ready', ".status.conditions[?(@.type=='Ready')].status"),
      ],
      rows: [
        {
          cells: ['vm-a', AGE, 'Stopped', 'False'],
          object: {
            kind: 'PartialObjectMetadata',
            apiVersion: 'meta.k8s.io/v1',
            metadata: STOPPED.metadata,
          },
        },
      ],
    },
  },
  {
    name: 'vm-list',
    method: 'GET',
    path: PATH,
    status: 200,
    answer: {
      apiVersion,
      items: [STOPPED],
      kind: 'VirtualMachineList',
      metadata: { continue: '', resourceVersion: VERSION },
    },
  },
  {
    ...create('vm-create-conflict', virtualMachine({ name: 'vm-a' })),
    ...alreadyExists('virtualmachines.kubevirt.io', 'vm-a'),
    answerHeaders: { warning: RUNNING_WARNING },
  },
  {
    name: 'vm-get-v1alpha3',
    method: 'GET',
    path: `${OLD}/vm-a`,
    status: 200,
    answerHeaders: { warning: OLD_WARNING },
    answer: { ...STOPPED, apiVersion: 'kubevirt.io/v1alpha3' },
  },
  {
    ...create(
      'vm-create-v1alpha3',
      virtualMachine({ name: 'vm-old', apiVersion: 'kubevirt.io/v1alpha3' }),
    ),
    path: OLD,
    status: 201,
    answerHeaders: { warning: `${OLD_WARNING}, ${RUNNING_WARNING}` },
    answer: created({ name: 'vm-old', apiVersion: 'kubevirt.io/v1alpha3' }),
  },
  {
    name: 'vm-get-missing',
    method: 'GET',
    path: `${PATH}/none`,
    ...notFound('virtualmachines.kubevirt.io', 'none'),
  },
]
