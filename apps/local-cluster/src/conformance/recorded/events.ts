import { expect } from 'vitest'
import { managed, metadata } from '../objects.ts'
import { SUFFIX, TIME, UID, VERSION } from '../volatile.ts'
import { UNSCHEDULABLE } from './launcher-pod.ts'

interface EventOf {
  manager: string
  kind: string
  name: string
  apiVersion?: string
  reason: string
  message: string
  component: string
}

const LEGACY_FIELDS = [
  'count',
  'firstTimestamp',
  'involvedObject',
  'lastTimestamp',
  'message',
  'reason',
  'reportingComponent',
  'source component',
  'type',
]

const event = (options: EventOf): object => {
  const { manager, kind, name, apiVersion = 'v1', reason, message, component } = options
  return {
    metadata: metadata(`${name}.${SUFFIX}`, {
      managedFields: [managed(manager, LEGACY_FIELDS)],
    }),
    involvedObject: {
      kind,
      namespace: 'golden',
      name,
      uid: UID,
      apiVersion,
      resourceVersion: VERSION,
    },
    reason,
    message,
    source: { component },
    firstTimestamp: TIME,
    lastTimestamp: TIME,
    count: 1,
    type: 'Normal',
    eventTime: null,
    // Recorders name it here, too, since Kubernetes 1.26; KubeVirt 1.0 was older.
    reportingComponent: component,
    reportingInstance: '',
  }
}

const POD = `virt-launcher-vm-a-${SUFFIX}`
const KUBEVIRT = {
  manager: 'virt-controller',
  apiVersion: 'kubevirt.io/v1',
  component: 'virtualmachine-controller',
  name: 'vm-a',
  reason: 'SuccessfulCreate',
}

/** What has happened in the namespace when the VM has been started and found no node. */
export const EVENTS = [
  event({
    manager: 'kube-controller-manager',
    kind: 'PersistentVolumeClaim',
    name: 'disk-a',
    reason: 'FailedBinding',
    message: 'no persistent volumes available for this claim and no storage class is set',
    component: 'persistentvolume-controller',
  }),
  {
    metadata: metadata(`${POD}.${SUFFIX}`, {
      managedFields: [expect.objectContaining({ manager: 'kube-scheduler' })],
    }),
    involvedObject: {
      kind: 'Pod',
      namespace: 'golden',
      name: POD,
      uid: UID,
      apiVersion: 'v1',
      resourceVersion: VERSION,
    },
    reason: 'FailedScheduling',
    message: UNSCHEDULABLE,
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    type: 'Warning',
    eventTime: TIME,
    action: 'Scheduling',
    reportingComponent: 'default-scheduler',
    reportingInstance: expect.stringMatching(/^default-scheduler-/) as unknown,
  },
  event({
    ...KUBEVIRT,
    kind: 'VirtualMachine',
    message: 'Started the virtual machine by creating the new virtual machine instance vm-a',
  }),
  event({
    ...KUBEVIRT,
    kind: 'VirtualMachineInstance',
    message: `Created virtual machine pod ${POD}`,
  }),
]
