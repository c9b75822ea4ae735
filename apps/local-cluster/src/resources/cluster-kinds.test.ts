import { describe, expect, it } from 'vitest'
import { type Circumstances, refusal } from './testing/refusal.ts'

const named = (name: string) => ({ metadata: { name } })

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
