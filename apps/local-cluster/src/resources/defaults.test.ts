import { type KubernetesObject, StatusError } from '@virtdeck/kubernetes'
import { describe, expect, it } from 'vitest'
import type { AdmissionRequest } from '../registry.ts'
import { RESOURCES } from './index.ts'

interface Options {
  oldObject?: object
  neighbours?: object[]
  user?: string
}

function definitionOf(kind: string) {
  const definition = RESOURCES.find((resource) => resource.kind === kind)
  if (!definition) throw new Error(`no kind ${kind}`)
  return definition
}

/** Runs defaults and admission; returns the object, or the message of the refusal. */
function write(kind: string, object: object, options: Options = {}) {
  const warnings: string[] = []
  const neighbours = (options.neighbours ?? []) as KubernetesObject[]
  const request: AdmissionRequest = {
    operation: options.oldObject ? 'update' : 'create',
    user: { name: options.user ?? 'admin', groups: [] },
    object: object,
    ...(options.oldObject && { oldObject: options.oldObject }),
    lookup: (_resource, _namespace, name) =>
      neighbours.find(({ metadata }) => metadata?.name === name),
    lookupAll: () => neighbours,
    warn: (message) => warnings.push(message),
  }
  const definition = definitionOf(kind)
  try {
    definition.prepare?.(request)
    definition.admit?.(request)
  } catch (error) {
    if (error instanceof StatusError) return { refusal: error.status }
    throw error
  }
  return { object: request.object, warnings }
}

const template = () => ({
  spec: {
    domain: { devices: {}, resources: { requests: { memory: '128Mi' } } },
    volumes: [{ name: 'root', containerDisk: { image: 'x/y' } }],
  } as Record<string, unknown>,
})

describe('defaults', () => {
  it('of a namespace', () => {
    const { object } = write('Namespace', { metadata: { name: 'a' } })
    expect(object).toEqual({
      metadata: { name: 'a', labels: { 'kubernetes.io/metadata.name': 'a' } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    })
  })

  it('of a secret', () => {
    const { object } = write('Secret', { stringData: { user: 'user' } })
    expect(object).toEqual({ data: { user: 'dXNlcg==' }, type: 'Opaque' })
  })

  it('of a claim, with the default storage class', () => {
    const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' }
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
    const neighbours = [{ metadata: { name: 'local', annotations } }]
    const { object } = write('PersistentVolumeClaim', { spec }, { neighbours })
    expect(object).toEqual({
      metadata: { finalizers: ['kubernetes.io/pvc-protection'] },
      spec: { ...spec, volumeMode: 'Filesystem', storageClassName: 'local' },
      status: { phase: 'Pending' },
    })
  })

  it('of a service, with addresses and ports of its own', () => {
    const ports = [{ name: 'ssh', port: 20022, targetPort: 22 }]
    const { object } = write('Service', { metadata: {}, spec: { type: 'NodePort', ports } })
    expect(object).toMatchObject({
      spec: {
        clusterIP: expect.stringMatching(/^10\.96\.\d+\.\d+$/),
        clusterIPs: [expect.any(String)],
        ports: [{ protocol: 'TCP', nodePort: expect.any(Number) }],
        sessionAffinity: 'None',
        externalTrafficPolicy: 'Cluster',
        internalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
      },
      status: { loadBalancer: {} },
    })
  })

  it('of a service that is replaced keep what was allocated', () => {
    const oldObject = {
      spec: { clusterIP: '10.96.1.1', ports: [{ port: 1, nodePort: 30001 }] },
    }
    const spec = { type: 'NodePort', ports: [{ port: 1 }] }
    const { object } = write('Service', { spec }, { oldObject })
    expect(object).toMatchObject({
      spec: { clusterIP: '10.96.1.1', ports: [{ nodePort: 30001 }] },
    })
  })

  it('of a pod', () => {
    const containers = [{ name: 'a', image: 'busybox', resources: { limits: { cpu: '1' } } }]
    const { object } = write('Pod', { spec: { containers } })
    expect(object).toMatchObject({
      spec: {
        restartPolicy: 'Always',
        dnsPolicy: 'ClusterFirst',
        schedulerName: 'default-scheduler',
        terminationGracePeriodSeconds: 30,
        serviceAccountName: 'default',
        containers: [{ imagePullPolicy: 'Always', resources: { requests: { cpu: '1' } } }],
        tolerations: [
          { key: 'node.kubernetes.io/not-ready', tolerationSeconds: 300 },
          { key: 'node.kubernetes.io/unreachable', tolerationSeconds: 300 },
        ],
      },
      status: { phase: 'Pending', qosClass: 'Burstable' },
    })
  })

  it('of a VM', () => {
    const { object, warnings } = write('VirtualMachine', {
      spec: { running: false, template: template() },
    })
    expect(object?.spec).toMatchObject({
      template: {
        metadata: { creationTimestamp: null },
        spec: {
          architecture: 'amd64',
          domain: {
            machine: { type: 'q35' },
            firmware: { uuid: expect.any(String), serial: expect.any(String) },
          },
        },
      },
    })
    expect(warnings).toEqual([
      'spec.running is deprecated, please use spec.runStrategy instead.',
    ])
  })

  it('of a VMI', () => {
    const { object } = write('VirtualMachineInstance', { metadata: {}, ...template() })
    expect(object).toMatchObject({
      metadata: { finalizers: ['kubevirt.io/foregroundDeleteVirtualMachine'] },
      spec: {
        evictionStrategy: 'None',
        domain: {
          cpu: { cores: 1, sockets: 1, threads: 1, model: 'host-model' },
          features: { acpi: { enabled: true } },
          machine: { type: 'q35' },
          devices: {
            disks: [{ name: 'root', disk: { bus: 'virtio' } }],
            interfaces: [{ name: 'default', masquerade: {} }],
          },
        },
        networks: [{ name: 'default', pod: {} }],
        volumes: [{ containerDisk: { imagePullPolicy: 'Always' } }],
      },
      status: { phase: 'Pending', runtimeUser: 107, guestOSInfo: {} },
    })
  })
})

describe('refusals', () => {
  it.each<[what: string, kind: string, object: object, options: Options, message: string]>([
    [
      'a key with a space',
      'ConfigMap',
      { metadata: { name: 'c' }, data: { 'a b': '' } },
      {},
      `ConfigMap "c" is invalid: data[a b]: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    ],
    [
      'a node port in use',
      'Service',
      {
        metadata: { name: 's' },
        spec: { type: 'NodePort', ports: [{ port: 1, nodePort: 30001 }] },
      },
      { neighbours: [{ metadata: { name: 'other' }, spec: { ports: [{ nodePort: 30001 }] } }] },
      'Service "s" is invalid: spec.ports[0].nodePort: Invalid value: 30001: provided port is already allocated',
    ],
    [
      'a changed claim',
      'PersistentVolumeClaim',
      {
        metadata: { name: 'p' },
        spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
      },
      { oldObject: { spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' } } },
      'PersistentVolumeClaim "p" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    ],
    [
      'a migration of nothing',
      'VirtualMachineInstanceMigration',
      { metadata: { namespace: 'development' }, spec: { vmiName: 'vmi-none' } },
      {},
      'admission webhook "migration-create-validator.kubevirt.io" denied the request: the VMI "development/vmi-none" does not exist',
    ],
    [
      'a user who edits a VMI',
      'VirtualMachineInstance',
      { spec: { hostname: 'b' } },
      { oldObject: { spec: { hostname: 'a' } } },
      'admission webhook "virtualmachineinstances-update-validator.kubevirt.io" denied the request: update of VMI object is restricted',
    ],
    [
      'a data volume with two sources',
      'DataVolume',
      {
        spec: {
          storage: { resources: { requests: { storage: '1Gi' } } },
          source: { blank: {}, http: { url: 'http://x' } },
        },
      },
      {},
      'admission webhook "datavolume-validate.cdi.kubevirt.io" denied the request: Multiple Data volume sources',
    ],
    [
      'a custom resource definition of another name',
      'CustomResourceDefinition',
      {
        metadata: { name: 'w.example.com' },
        spec: {
          group: 'example.com',
          scope: 'Cluster',
          names: { plural: 'widgets', kind: 'Widget' },
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              schema: { openAPIV3Schema: { type: 'object' } },
            },
          ],
        },
      },
      {},
      'CustomResourceDefinition.apiextensions.k8s.io "w.example.com" is invalid: metadata.name: Invalid value: "w.example.com": must be spec.names.plural+"."+spec.group',
    ],
  ])('of %s', (_what, kind, object, options, message) => {
    expect(write(kind, object, options).refusal?.message).toBe(message)
  })

  it('of webhooks list at most ten causes, without name and kind', () => {
    const disks = Array.from({ length: 12 }, (_, index) => ({ name: `d${index}`, disk: {} }))
    const spec = { domain: { devices: { disks } } }
    const { refusal } = write('VirtualMachine', {
      metadata: { name: 'x' },
      spec: { runStrategy: 'Halted', template: { spec } },
    })
    expect(refusal?.details?.causes).toHaveLength(10)
    expect(Object.keys(refusal?.details ?? {})).toEqual(['causes'])
    expect(refusal?.message).toMatch(/, and 2 more validation errors$/)
  })

  it('spare KubeVirt’s own components', () => {
    const oldObject = { spec: { hostname: 'a' } }
    const user = 'system:serviceaccount:kube-system:controllers'
    expect(
      write('VirtualMachineInstance', { spec: { hostname: 'b' } }, { oldObject, user }).refusal,
    ).toBeUndefined()
  })
})

describe('deleting a pod', () => {
  const grace = definitionOf('Pod').deletionGracePeriod
  it.each([
    ['not scheduled', { spec: {} }, undefined, 0],
    ['running', { spec: { nodeName: 'n' } }, undefined, 30],
    [
      'running, with its own period',
      { spec: { nodeName: 'n', terminationGracePeriodSeconds: 5 } },
      undefined,
      5,
    ],
    ['running, by force', { spec: { nodeName: 'n' } }, 0, 0],
    ['over', { spec: { nodeName: 'n' }, status: { phase: 'Succeeded' } }, 20, 0],
  ])('that is %s', (_what, pod, requested, expected) => {
    expect(grace?.(pod, requested)).toBe(expected)
  })
})
