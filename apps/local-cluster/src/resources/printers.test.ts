import type { KubernetesObject } from '@virtdeck/kubernetes'
import { describe, expect, it } from 'vitest'
import { humanDuration } from './columns.ts'
import { RESOURCES } from './index.ts'
import { jsonPath } from './json-path.ts'

const creationTimestamp = new Date(Date.now() - 65_000).toISOString()

/** The cells of a kind's columns, by name; age and wide columns too. */
function cells(kind: string, object: object) {
  const definition = RESOURCES.find((resource) => resource.kind === kind)
  if (!definition) throw new Error(`no kind ${kind}`)
  const whole = { metadata: { name: 'x', creationTimestamp }, ...object } as KubernetesObject
  return Object.fromEntries(definition.columns.map(({ name, cell }) => [name, cell(whole)]))
}

describe('columns', () => {
  it.each<[kind: string, object: object, expected: object]>([
    ['Namespace', { status: { phase: 'Active' } }, { Status: 'Active', Age: '65s' }],
    [
      'Template',
      {
        metadata: { annotations: { description: 'Fedora\nfor servers' } },
        objects: [{}],
        parameters: [{ name: 'A', value: 'a' }, { name: 'B' }],
      },
      { Description: 'Fedora...', Parameters: '2 (1 blank)', Objects: 1 },
    ],
    [
      'Template',
      { parameters: [{ name: 'A', generate: 'expression', from: '[a-z]{3}' }] },
      { Description: '', Parameters: '1 (1 generated)', Objects: 0 },
    ],
    [
      'EndpointSlice',
      {
        addressType: 'IPv4',
        endpoints: [{ addresses: ['10.0.0.1'] }, { addresses: ['10.0.0.2'] }],
        ports: [{ port: 1 }, { port: 2 }, { port: 3 }, { port: 4 }],
      },
      { AddressType: 'IPv4', Ports: '1,2,3 + 1 more...', Endpoints: '10.0.0.1,10.0.0.2' },
    ],
    [
      'PriorityClass',
      { value: 5 },
      { Value: 5, 'Global-Default': false, PreemptionPolicy: '', Age: '65s' },
    ],
    [
      'ClusterServiceVersion',
      {
        spec: { displayName: 'D', version: '1', replaces: 'a.v0' },
        status: { phase: 'Succeeded' },
      },
      { Display: 'D', Version: '1', Replaces: 'a.v0', Phase: 'Succeeded' },
    ],
    [
      'Node',
      {
        spec: { unschedulable: true },
        status: {
          conditions: [{ type: 'Ready', status: 'True' }],
          nodeInfo: { kubeletVersion: 'v1.32.0' },
          addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
        },
      },
      {
        Status: 'Ready,SchedulingDisabled',
        Roles: '<none>',
        Version: 'v1.32.0',
        'Internal-IP': '127.0.0.1',
        'External-IP': '<none>',
        'OS-Image': '<unknown>',
      },
    ],
    [
      'Service',
      {
        spec: {
          type: 'NodePort',
          clusterIP: '10.96.0.9',
          ports: [{ port: 20022, nodePort: 32032, protocol: 'TCP' }],
          selector: { app: 'a' },
        },
      },
      {
        Type: 'NodePort',
        'Cluster-IP': '10.96.0.9',
        'External-IP': '<none>',
        'Port(s)': '20022:32032/TCP',
        Selector: 'app=a',
      },
    ],
    [
      'PersistentVolumeClaim',
      {
        spec: { volumeName: 'pv-1', storageClassName: 'local', volumeMode: 'Filesystem' },
        status: {
          phase: 'Bound',
          capacity: { storage: '1Gi' },
          accessModes: ['ReadWriteMany'],
        },
      },
      {
        Status: 'Bound',
        Volume: 'pv-1',
        Capacity: '1Gi',
        'Access Modes': 'RWX',
        StorageClass: 'local',
        VolumeAttributesClass: '<unset>',
      },
    ],
    ['Secret', { type: 'Opaque', data: { a: '', b: '' } }, { Type: 'Opaque', Data: '2' }],
    [
      'Event',
      {
        involvedObject: { kind: 'VirtualMachine', name: 'vm-a' },
        type: 'Normal',
        reason: 'SuccessfulCreate',
        message: 'done',
        count: 3,
        firstTimestamp: new Date(Date.now() - 300_000).toISOString(),
        lastTimestamp: creationTimestamp,
        source: { component: 'virt-controller' },
      },
      {
        'Last Seen': '65s (x3 over 5m)',
        Object: 'virtualmachine/vm-a',
        Reason: 'SuccessfulCreate',
        Source: 'virt-controller',
        Count: '3',
        Name: 'x',
      },
    ],
    [
      'VirtualMachine',
      {
        status: {
          printableStatus: 'Stopped',
          conditions: [{ type: 'Ready', status: 'False' }],
        },
      },
      { Age: creationTimestamp, Status: 'Stopped', Ready: 'False' },
    ],
    [
      'VirtualMachineInstance',
      { status: { phase: 'Pending' } },
      {
        Phase: 'Pending',
        IP: undefined,
        NodeName: undefined,
        Ready: undefined,
        'Live-Migratable': undefined,
        Paused: undefined,
      },
    ],
    [
      'DataVolume',
      { status: { phase: 'ImportInProgress', progress: '42.17%', restartCount: 2 } },
      { Phase: 'ImportInProgress', Progress: '42.17%', Restarts: 2 },
    ],
  ])('of a %s', (kind, object, expected) => {
    expect(cells(kind, object)).toMatchObject(expected)
  })

  it.each<[what: string, pod: object, expected: object]>([
    [
      'waits for its image',
      {
        status: {
          phase: 'Pending',
          containerStatuses: [{ state: { waiting: { reason: 'ErrImagePull' } } }],
        },
      },
      { Ready: '0/2', Status: 'ErrImagePull', Restarts: '0' },
    ],
    [
      'runs',
      {
        status: {
          phase: 'Running',
          containerStatuses: [
            { ready: true, state: { running: {} } },
            { ready: false, state: { running: {} }, restartCount: 1 },
          ],
        },
      },
      { Ready: '1/2', Status: 'Running', Restarts: '1' },
    ],
    [
      'ends',
      {
        metadata: { deletionTimestamp: creationTimestamp },
        status: { phase: 'Running', containerStatuses: [] },
      },
      { Status: 'Terminating' },
    ],
    [
      'crashed',
      {
        status: {
          phase: 'Failed',
          containerStatuses: [{ state: { terminated: { exitCode: 3 } } }],
        },
      },
      { Status: 'ExitCode:3' },
    ],
    [
      'initialises',
      {
        spec: { containers: [{}], initContainers: [{}, {}] },
        status: {
          phase: 'Pending',
          initContainerStatuses: [{ state: { terminated: { exitCode: 0 } } }, { state: {} }],
        },
      },
      { Status: 'Init:1/2' },
    ],
  ])('of a pod that %s', (_what, pod, expected) => {
    expect(cells('Pod', { spec: { containers: [{}, {}] }, ...pod })).toMatchObject(expected)
  })

  it('mark the default storage class in its name', () => {
    const definition = RESOURCES.find(({ kind }) => kind === 'StorageClass')
    const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' }
    expect(definition?.nameCell?.({ metadata: { name: 'local', annotations } })).toBe(
      'local (default)',
    )
  })
})

describe('humanDuration', () => {
  it.each([
    [0, '0s'],
    [119, '119s'],
    [120, '2m'],
    [125, '2m5s'],
    [3 * 3600, '3h'],
    [179 * 60, '179m'],
    [7 * 3600 + 120, '7h2m'],
    [47 * 3600, '47h'],
    [3 * 86_400 + 4 * 3600, '3d4h'],
    [100 * 86_400, '100d'],
    [800 * 86_400, '2y70d'],
    [-5, '<invalid>'],
  ])('%i s is %s', (seconds, expected) => {
    expect(humanDuration(seconds * 1000)).toBe(expected)
  })
})

describe('jsonPath', () => {
  it.each([
    ['.a.b', 1],
    ['.list[0].x', 'first'],
    [".list[?(@.type=='two')].x", 'second'],
    ['.nothing.here', undefined],
    ['.list[7].x', undefined],
  ])('%s', (path, expected) => {
    const object = {
      a: { b: 1 },
      list: [
        { type: 'one', x: 'first' },
        { type: 'two', x: 'second' },
      ],
    }
    expect(jsonPath(path)(object)).toBe(expected)
  })

  it('refuses what it does not know', () => {
    expect(() => jsonPath('.a..b')).toThrow('cannot read the JSONPath')
  })
})
