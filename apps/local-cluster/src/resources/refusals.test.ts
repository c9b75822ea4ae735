import type { KubernetesObject } from '@virtdeck/kubernetes'
import { StatusError } from '@virtdeck/kubernetes'
import { describe, expect, it } from 'vitest'
import { runAdmission } from '../http/admission.ts'
import type { AdmissionRequest } from '../registry.ts'
import { RESOURCES } from './index.ts'

interface Circumstances {
  /** The object before an update. */
  old?: object
  /** Other objects, by `plural.group`. */
  existing?: Record<string, object[]>
  user?: string
  operation?: 'delete'
}

/** What the API server answers; the causes as `field: message`. */
function refusal(kind: string, object: object, circumstances: Circumstances = {}) {
  const { old, existing = {}, user = 'admin', operation } = circumstances
  const definition = RESOURCES.find((resource) => resource.kind === kind)
  if (!definition) throw new Error(`no kind ${kind}`)
  const metadata = { name: 'x', ...(definition.namespaced && { namespace: 'development' }) }
  const whole = (part: object) =>
    structuredClone({ metadata, ...part }) as unknown as KubernetesObject
  const all = (resource: string) => (existing[resource] ?? []) as KubernetesObject[]
  const request: AdmissionRequest = {
    operation: operation ?? (old ? 'update' : 'create'),
    user: { name: user, groups: [] },
    object: whole(object),
    ...(old && { oldObject: whole(old) }),
    lookup: (resource, _namespace, name) =>
      all(resource).find((candidate) => candidate.metadata?.name === name),
    lookupAll: all,
    warn: () => {},
  }
  try {
    if (operation === 'delete') definition.admit?.(request)
    else {
      runAdmission({
        definition,
        request,
        options: {
          fieldValidation: 'Ignore',
          version: definition.versions[0] ?? '',
          warn: () => {},
        } as never,
        track: () => {},
      })
    }
    return undefined
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    const { code, message, details } = error.status
    return {
      code,
      message,
      causes: details?.causes?.map((cause) => `${cause.field}: ${cause.message}`),
    }
  }
}

type Row = [what: string, object: object, causes: string[], circumstances?: Circumstances]

const named = (name: string) => ({ metadata: { name } })

describe('pods', () => {
  const container = { name: 'a', image: 'i' }
  const pod = (spec: object) => ({ spec: { containers: [container], ...spec } })

  it('may be as simple as one container', () => {
    expect(refusal('Pod', pod({}))).toBeUndefined()
  })

  it.each<Row>([
    ['no containers', { spec: {} }, ['spec.containers: Required value']],
    [
      'a container without name and image',
      pod({ containers: [{}] }),
      ['spec.containers[0].name: Required value', 'spec.containers[0].image: Required value'],
    ],
    [
      'two containers of one name',
      pod({ containers: [container, container] }),
      ['spec.containers[1].name: Duplicate value: "a"'],
    ],
    [
      'a container in capitals',
      pod({ containers: [{ name: 'A', image: 'i' }] }),
      [
        `spec.containers[0].name: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
      ],
    ],
    [
      'ports out of range and named twice',
      pod({
        containers: [
          {
            ...container,
            ports: [
              { name: 'web', containerPort: 80 },
              { name: 'web', containerPort: 70_000 },
            ],
          },
        ],
      }),
      [
        'spec.containers[0].ports[1].name: Duplicate value: "web"',
        'spec.containers[0].ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'a mount of no volume',
      pod({ containers: [{ ...container, volumeMounts: [{ name: 'v', mountPath: '/v' }] }] }),
      ['spec.containers[0].volumeMounts[0].name: Not found: "v"'],
    ],
    [
      'two mounts at one path',
      pod({
        volumes: [{ name: 'v', emptyDir: {} }],
        containers: [
          {
            ...container,
            volumeMounts: [
              { name: 'v', mountPath: '/v' },
              { name: 'v', mountPath: '/v' },
            ],
          },
        ],
      }),
      ['spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/v": must be unique'],
    ],
    [
      'more requested than allowed',
      pod({
        containers: [
          { ...container, resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } },
        ],
      }),
      [
        'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
      ],
    ],
    [
      'negative memory',
      pod({ containers: [{ ...container, resources: { requests: { memory: '-1Gi' } } }] }),
      [
        'spec.containers[0].resources.requests[memory]: Invalid value: "-1Gi": must be greater than or equal to 0',
      ],
    ],
    [
      'a variable without a name',
      pod({ containers: [{ ...container, env: [{ value: 'v' }] }] }),
      ['spec.containers[0].env[0].name: Required value'],
    ],
    [
      'a volume of two kinds, and a name twice',
      pod({
        volumes: [
          { name: 'a' },
          { name: 'b', emptyDir: {}, secret: { secretName: 's' } },
          { name: 'b', configMap: {} },
        ],
      }),
      [
        'spec.volumes[1].secret: Forbidden: may not specify more than 1 volume type',
        'spec.volumes[2].name: Duplicate value: "b"',
        'spec.volumes[2].configMap.name: Required value',
      ],
    ],
    [
      'an unknown restart policy',
      pod({ restartPolicy: 'Sometimes' }),
      [
        'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
      ],
    ],
    [
      'a negative grace period',
      pod({ terminationGracePeriodSeconds: -1 }),
      [
        'spec.terminationGracePeriodSeconds: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
    [
      'a deadline of zero',
      pod({ activeDeadlineSeconds: 0 }),
      [
        'spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive',
      ],
    ],
    [
      'an affinity without terms',
      pod({
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] },
          },
        },
      }),
      [
        'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term',
      ],
    ],
    [
      'a weight of zero and no topology',
      pod({
        affinity: {
          podAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 0, podAffinityTerm: { topologyKey: 'zone' } },
            ],
            requiredDuringSchedulingIgnoredDuringExecution: [
              {
                topologyKey: 'zone',
                labelSelector: { matchExpressions: [{ key: 'a', operator: 'Is' }] },
              },
            ],
          },
        },
      }),
      [
        'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
        'spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100',
      ],
    ],
    [
      'a toleration of everything that is Equal, and a time without NoExecute',
      pod({
        tolerations: [
          { operator: 'Equal' },
          { key: 'k', tolerationSeconds: 5, effect: 'NoSchedule' },
        ],
      }),
      [
        'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
        'spec.tolerations[1].effect: Invalid value: "NoSchedule": effect must be \'NoExecute\' when `tolerationSeconds` is set',
      ],
    ],
    [
      'a skew of zero',
      pod({
        topologySpreadConstraints: [
          { maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
        ],
      }),
      [
        'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
      ],
    ],
    [
      'another container later',
      pod({ containers: [container, { name: 'b', image: 'i' }] }),
      ['spec.containers: Forbidden: pod updates may not add or remove containers'],
      { old: pod({}) },
    ],
    [
      'another host name later',
      pod({ hostname: 'b' }),
      [
        'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
      ],
      { old: pod({ hostname: 'a' }) },
    ],
  ])('may not have %s', (_what, object, causes, circumstances) => {
    expect(refusal('Pod', object, circumstances)?.causes).toEqual(causes)
  })
})

describe('services', () => {
  const service = (spec: object) => ({ spec: { ports: [{ port: 80 }], ...spec } })
  const others = {
    services: [
      {
        metadata: { name: 'o' },
        spec: { clusterIP: '10.96.0.7', ports: [{ port: 1, nodePort: 30_001 }] },
      },
    ],
  }

  it.each<Row>([
    ['no ports', { spec: {} }, ['spec.ports: Required value']],
    [
      'ports without names',
      service({ ports: [{ port: 80 }, { port: 81 }] }),
      ['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'],
    ],
    [
      'one name for two ports',
      service({
        ports: [
          { name: 'a', port: 80 },
          { name: 'a', port: 81 },
        ],
      }),
      ['spec.ports[1].name: Duplicate value: "a"'],
    ],
    [
      'port zero',
      service({ ports: [{ port: 0 }] }),
      [
        'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
        'spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'a target with a long name',
      service({ ports: [{ port: 80, targetPort: 'a-very-long-port' }] }),
      [
        'spec.ports[0].targetPort: Invalid value: "a-very-long-port": must be no more than 15 characters',
      ],
    ],
    [
      'an unknown protocol',
      service({ ports: [{ port: 80, protocol: 'ICMP' }] }),
      [
        'spec.ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
      ],
    ],
    [
      'an unknown type',
      service({ type: 'Magic' }),
      [
        'spec.type: Unsupported value: "Magic": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
    ],
    [
      'a node port of a service inside',
      service({ ports: [{ port: 80, nodePort: 30_000 }] }),
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [
      'a node port out of range',
      service({ type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }),
      [
        'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
      ],
    ],
    [
      'a node port in use',
      service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30_001 }] }),
      ['spec.ports[0].nodePort: Invalid value: 30001: provided port is already allocated'],
      { existing: others },
    ],
    [
      'an address that is none',
      service({ clusterIP: 'here' }),
      [
        'spec.clusterIPs[0]: Invalid value: "here": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ],
    ],
    [
      'an address of another network',
      service({ clusterIP: '192.168.0.1' }),
      [
        'spec.clusterIPs: Invalid value: []string{"192.168.0.1"}: failed to allocate IP 192.168.0.1: the provided IP (192.168.0.1) is not in the valid range. The range of valid IPs is 10.96.0.0/16',
      ],
    ],
    [
      'an address in use',
      service({ clusterIP: '10.96.0.7' }),
      [
        'spec.clusterIPs: Invalid value: []string{"10.96.0.7"}: failed to allocate IP 10.96.0.7: provided IP is already allocated',
      ],
      { existing: others },
    ],
    [
      'another address later',
      service({ clusterIP: '10.96.0.9' }),
      ['spec.clusterIPs[0]: Invalid value: []string{"10.96.0.9"}: may not change once set'],
      { old: service({ clusterIP: '10.96.0.8', type: 'ClusterIP' }) },
    ],
    [
      'a name outside that is missing',
      { spec: { type: 'ExternalName' } },
      ['spec.externalName: Required value'],
    ],
  ])('may not have %s', (_what, object, causes, circumstances) => {
    expect(refusal('Service', object, circumstances)?.causes).toEqual(causes)
  })
})

describe('storage', () => {
  const claim = (spec: object = {}, status?: object) => ({
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '2Gi' } },
      volumeMode: 'Filesystem',
      storageClassName: 'local',
      volumeName: 'pv',
      ...spec,
    },
    ...(status && { status }),
  })
  const bound = { phase: 'Bound', capacity: { storage: '2Gi' } }
  const volume = (spec: object = {}) => ({
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      hostPath: { path: '/v' },
      volumeMode: 'Filesystem',
      ...spec,
    },
  })
  const storageClass = (change: object = {}) => ({
    provisioner: 'p',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
    ...change,
  })

  it.each<[what: string, kind: string, ...rest: [object, string[], Circumstances?]]>([
    [
      'a claim of nothing',
      'PersistentVolumeClaim',
      { spec: {} },
      [
        'spec.accessModes: Required value: at least 1 access mode is required',
        'spec.resources[storage]: Required value',
      ],
    ],
    [
      'a claim of zero bytes',
      'PersistentVolumeClaim',
      claim({ resources: { requests: { storage: '0' } } }),
      ['spec.resources[storage]: Invalid value: "0": must be greater than zero'],
    ],
    [
      'an unknown access mode',
      'PersistentVolumeClaim',
      claim({ accessModes: ['WriteNever'] }),
      [
        'spec.accessModes[0]: Unsupported value: "WriteNever": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
      ],
    ],
    [
      'one pod and more',
      'PersistentVolumeClaim',
      claim({ accessModes: ['ReadWriteOncePod', 'ReadWriteMany'] }),
      ['spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes'],
    ],
    [
      'an unknown volume mode',
      'PersistentVolumeClaim',
      claim({ volumeMode: 'Tape' }),
      ['spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"'],
    ],
    [
      'a claim that shrinks',
      'PersistentVolumeClaim',
      claim({ resources: { requests: { storage: '1Gi' } } }, bound),
      [
        'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
      ],
      { old: claim({}, bound) },
    ],
    [
      'a claim on another volume',
      'PersistentVolumeClaim',
      claim({ volumeName: 'other' }, bound),
      [
        'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
      ],
      { old: claim({}, bound) },
    ],
    [
      'a volume made of nothing',
      'PersistentVolume',
      volume({ hostPath: undefined }),
      ['spec: Required value: must specify a volume type'],
    ],
    [
      'a volume made of two things, without capacity',
      'PersistentVolume',
      volume({ nfs: { server: 's', path: '/p' }, capacity: undefined }),
      [
        'spec.capacity: Required value',
        'spec.nfs: Forbidden: may not specify more than 1 volume type',
      ],
    ],
    [
      'a local volume nowhere',
      'PersistentVolume',
      volume({ hostPath: undefined, local: { path: '/dev/loop10' } }),
      ['spec.nodeAffinity: Required value: Local volume requires node affinity'],
    ],
    [
      'a volume that moves',
      'PersistentVolume',
      volume({ hostPath: { path: '/w' } }),
      [
        'spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation',
      ],
      { old: volume() },
    ],
    ['a class without a provisioner', 'StorageClass', {}, ['provisioner: Required value']],
    [
      'a class that changes',
      'StorageClass',
      storageClass({
        provisioner: 'q',
        reclaimPolicy: 'Retain',
        volumeBindingMode: 'WaitForFirstConsumer',
        parameters: { a: 'b' },
      }),
      [
        'parameters: Forbidden: updates to parameters are forbidden.',
        'provisioner: Forbidden: updates to provisioner are forbidden.',
        'reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.',
        'volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable',
      ],
      { old: storageClass() },
    ],
  ])('may not be %s', (_what, kind, object, causes, circumstances) => {
    expect(refusal(kind, object, circumstances)?.causes).toEqual(causes)
  })

  const bigger = claim({ resources: { requests: { storage: '3Gi' } } }, bound)
  const classes = (allowVolumeExpansion: boolean) => ({
    'storageclasses.storage.k8s.io': [{ ...named('local'), allowVolumeExpansion }],
  })

  it('grows where the class allows it', () => {
    const old = claim({}, bound)
    const refused = (existing: Circumstances['existing'], before: object = old) =>
      refusal('PersistentVolumeClaim', bigger, { old: before, existing: existing ?? {} })
        ?.message
    expect(refused(classes(true))).toBeUndefined()
    expect(refused(classes(false))).toBe(
      'persistentvolumeclaims "x" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    )
    expect(refused(classes(true), claim({}, { phase: 'Pending' }))).toBe(
      'persistentvolumeclaims "x" is forbidden: Only bound persistent volume claims can be expanded',
    )
  })
})

describe('kinds of the cluster', () => {
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'r' }
  const IMMUTABLE = 'field is immutable when `immutable` is set'

  it.each<[what: string, kind: string, ...rest: [object, string[], Circumstances?]]>([
    [
      'a ConfigMap with a key of both kinds',
      'ConfigMap',
      { data: { a: '1' }, binaryData: { a: 'AA==' } },
      ['data[a]: Invalid value: "a": duplicate of key present in binaryData'],
    ],
    [
      'a ConfigMap of more than a megabyte',
      'ConfigMap',
      { data: { a: 'x'.repeat(1_048_577) } },
      [': Too long: may not be more than 1048576 bytes'],
    ],
    [
      'a change of a fixed ConfigMap',
      'ConfigMap',
      { data: { a: '2' } },
      [`immutable: Forbidden: ${IMMUTABLE}`, `data: Forbidden: ${IMMUTABLE}`],
      { old: { data: { a: '1' }, immutable: true } },
    ],
    [
      'a TLS secret without its key',
      'Secret',
      { type: 'kubernetes.io/tls', data: { 'tls.crt': 'AA==' } },
      ['data[tls.key]: Required value'],
    ],
    [
      'a basic-auth secret of nobody',
      'Secret',
      { type: 'kubernetes.io/basic-auth' },
      ['data[username]: Required value', 'data[password]: Required value'],
    ],
    [
      'another type of secret later',
      'Secret',
      { type: 'other' },
      ['type: Invalid value: "other": field is immutable'],
      { old: { type: 'Opaque' } },
    ],
    [
      'a token of no account',
      'Secret',
      { type: 'kubernetes.io/service-account-token' },
      ['metadata.annotations[kubernetes.io/service-account.name]: Required value'],
    ],
    [
      'a role that does nothing to nothing',
      'Role',
      { rules: [{ verbs: [] }] },
      [
        'rules[0].verbs: Required value: verbs must contain at least one value',
        'rules[0].apiGroups: Required value: resource rules must supply at least one api group',
        'rules[0].resources: Required value: resource rules must supply at least one resource',
      ],
    ],
    [
      'URLs in a namespace',
      'Role',
      { rules: [{ verbs: ['get'], nonResourceURLs: ['/x'] }] },
      [
        'rules[0].nonResourceURLs: Invalid value: ["/x"]: namespaced rules cannot apply to non-resource URLs',
      ],
    ],
    [
      'a binding of a Role to the cluster',
      'ClusterRoleBinding',
      { roleRef: { ...roleRef, kind: 'Role' } },
      ['roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole"'],
    ],
    [
      'subjects of no kind and no name',
      'RoleBinding',
      { roleRef, subjects: [{ kind: 'Robot', name: 'r' }, { kind: 'User' }] },
      [
        'subjects[0].kind: Unsupported value: "Robot": supported values: "Group", "ServiceAccount", "User"',
        'subjects[1].name: Required value',
      ],
    ],
    [
      'an account of no namespace',
      'ClusterRoleBinding',
      { roleRef, subjects: [{ kind: 'ServiceAccount', name: 's' }] },
      ['subjects[0].namespace: Required value'],
    ],
    [
      'another role later',
      'RoleBinding',
      { roleRef: { ...roleRef, name: 'other' } },
      [
        'roleRef: Invalid value: rbac.RoleRef{APIGroup:"rbac.authorization.k8s.io", Kind:"ClusterRole", Name:"other"}: cannot change roleRef',
      ],
      { old: { roleRef } },
    ],
    [
      'a taint twice, and one without effect',
      'Node',
      {
        spec: {
          taints: [
            { key: 'k', effect: 'NoSchedule' },
            { key: 'k', effect: 'NoSchedule' },
            { key: 'l' },
          ],
        },
      },
      [
        'spec.taints[1]: Duplicate value: core.Taint{Key:"k", Value:"", Effect:"NoSchedule", TimeAdded:<nil>}',
        'spec.taints[2].effect: Required value',
      ],
    ],
    [
      'a budget with two limits',
      'PodDisruptionBudget',
      { spec: { minAvailable: 1, maxUnavailable: 1 } },
      [
        'spec: Invalid value: {"minAvailable":1,"maxUnavailable":1}: minAvailable and maxUnavailable cannot be both set',
      ],
    ],
    [
      'a priority above the system’s',
      'PriorityClass',
      { value: 2_000_000_000 },
      ['value: Forbidden: maximum allowed value of a user defined priority is 1000000000'],
    ],
    [
      'a slice without address type',
      'EndpointSlice',
      { endpoints: [] },
      ['addressType: Required value'],
    ],
    [
      'an event about another namespace',
      'Event',
      { involvedObject: { kind: 'Pod', namespace: 'other' } },
      ['involvedObject.namespace: Invalid value: "other": does not match event.namespace'],
    ],
  ])('refuse %s', (_what, kind, object, causes, circumstances) => {
    expect(refusal(kind, object, circumstances)?.causes).toEqual(causes)
  })

  it.each<[what: string, kind: string, ...rest: [object, number, string, Circumstances?]]>([
    [
      'deleting the default namespace',
      'Namespace',
      { metadata: { name: 'default' } },
      403,
      'namespaces "default" is forbidden: this namespace may not be deleted',
      { operation: 'delete' },
    ],
    [
      'deleting a protected VM',
      'VirtualMachine',
      {
        metadata: { name: 'x', labels: { 'kubevirt.io/vm-delete-protection': 'True' } },
        spec: {},
      },
      422,
      `virtualmachines.kubevirt.io "x" is forbidden: ValidatingAdmissionPolicy 'kubevirt-vm-deletion-protection' with binding 'kubevirt-vm-deletion-protection' denied request: VirtualMachine x cannot be deleted, disable/remove label 'kubevirt.io/vm-delete-protection' from VirtualMachine before deleting it`,
      { operation: 'delete' },
    ],
    [
      'a network whose configuration is no JSON',
      'NetworkAttachmentDefinition',
      { spec: { config: '{' } },
      400,
      'admission webhook "multus-validating-config.k8s.io" denied the request: configuration string is not in JSON format',
    ],
    [
      'maintenance of no node',
      'NodeMaintenance',
      { spec: { nodeName: 'node09' } },
      403,
      'admission webhook "vnodemaintenance.kb.io" denied the request: invalid nodeName, no node with name node09 found',
    ],
    [
      'maintenance of another node later',
      'NodeMaintenance',
      { spec: { nodeName: 'b' } },
      403,
      `admission webhook "vnodemaintenance.kb.io" denied the request: updating spec.NodeName isn't allowed`,
      { old: { spec: { nodeName: 'a' } } },
    ],
    [
      'maintenance twice',
      'NodeMaintenance',
      { spec: { nodeName: 'node01' } },
      403,
      'admission webhook "vnodemaintenance.kb.io" denied the request: invalid nodeName, a NodeMaintenance for node node01 already exists',
      {
        existing: {
          nodes: [named('node01')],
          'nodemaintenances.nodemaintenance.medik8s.io': [{ spec: { nodeName: 'node01' } }],
        },
      },
    ],
  ])('refuse %s', (_what, kind, object, code, message, circumstances) => {
    expect(refusal(kind, object, circumstances)).toMatchObject({ code, message })
  })

  it('lets what is wrong by now be deleted', () => {
    for (const kind of ['VirtualMachine', 'VirtualMachineInstanceMigration', 'Pod']) {
      expect(refusal(kind, { spec: {} }, { operation: 'delete' })).toBeUndefined()
    }
  })
})
