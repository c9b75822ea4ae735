import { invalid, type Exchange } from '../exchange.ts'

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const SERVICE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
const QUALIFIED =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

const MAPS = '/api/v1/namespaces/default/configmaps'
const LONG = 'a'.repeat(254)

const bad = (value: string, rule: string): string =>
  `Invalid value: ${JSON.stringify(value)}: ${rule}`

const configMap = (
  name: string,
  metadata: object,
  problems: [string, string, string?][],
  path = MAPS,
): Exchange => ({
  name,
  method: 'POST',
  path,
  body: { apiVersion: 'v1', kind: 'ConfigMap', metadata },
  ...invalid('ConfigMap', (metadata as { name?: string }).name ?? '', ...problems),
})

const ports = { ports: [{ port: 80 }] }

/** Names, labels, annotations, owners and finalizers that no object may have. */
export const names: Exchange[] = [
  configMap('a name in capitals', { name: 'Bad_Name' }, [
    ['metadata.name', bad('Bad_Name', SUBDOMAIN)],
  ]),
  configMap('a long name', { name: LONG }, [
    ['metadata.name', bad(LONG, 'must be no more than 253 characters')],
  ]),
  configMap('no name', {}, [
    ['metadata.name', 'Required value: name or generateName is required'],
  ]),
  {
    name: 'a service whose name begins with a digit',
    method: 'POST',
    path: '/api/v1/namespaces/default/services',
    body: { apiVersion: 'v1', kind: 'Service', metadata: { name: '1-web' }, spec: ports },
    ...invalid('Service', '1-web', ['metadata.name', bad('1-web', SERVICE)]),
  },
  {
    name: 'a namespace with a dot',
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a.b' } },
    ...invalid('Namespace', 'a.b', ['metadata.name', bad('a.b', LABEL)]),
  },
  {
    name: 'a role with a slash',
    method: 'POST',
    path: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
    body: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'a/b%' },
      rules: [],
    },
    ...invalid(
      'ClusterRole.rbac.authorization.k8s.io',
      'a/b%',
      ['metadata.name', bad('a/b%', "may not contain '/'")],
      ['metadata.name', bad('a/b%', "may not contain '%'")],
    ),
  },
  {
    name: 'a data volume in capitals',
    method: 'POST',
    path: '/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterinstancetypes',
    body: {
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachineClusterInstancetype',
      metadata: { name: 'U1' },
      spec: { cpu: { guest: 1 }, memory: { guest: '1Gi' } },
    },
    ...invalid('VirtualMachineClusterInstancetype.instancetype.kubevirt.io', 'U1', [
      'metadata.name',
      bad('U1', SUBDOMAIN),
    ]),
  },
  configMap('a bad key of a label', { name: 'x', labels: { 'a b': 'c' } }, [
    ['metadata.labels', bad('a b', QUALIFIED)],
  ]),
  configMap('a label with an empty prefix', { name: 'x', labels: { '/b': 'c' } }, [
    ['metadata.labels', bad('/b', 'prefix part must be non-empty')],
  ]),
  configMap('a bad prefix of a label', { name: 'x', labels: { 'A_/b': 'c' } }, [
    ['metadata.labels', bad('A_/b', `prefix part ${SUBDOMAIN}`)],
  ]),
  configMap('a long key of a label', { name: 'x', labels: { [LONG.slice(0, 64)]: 'c' } }, [
    ['metadata.labels', bad(LONG.slice(0, 64), 'name part must be no more than 63 characters')],
  ]),
  configMap('a bad value of a label', { name: 'x', labels: { a: '-b-' } }, [
    ['metadata.labels', bad('-b-', VALUE)],
  ]),
  configMap('a long value of a label', { name: 'x', labels: { a: LONG.slice(0, 64) } }, [
    ['metadata.labels', bad(LONG.slice(0, 64), 'must be no more than 63 characters')],
  ]),
  configMap('a bad key of an annotation', { name: 'x', annotations: { 'a b': 'c' } }, [
    ['metadata.annotations', bad('a b', QUALIFIED)],
  ]),
  configMap('too many annotations', { name: 'x', annotations: { a: 'b'.repeat(262_144) } }, [
    ['metadata.annotations', 'Too long: must have at most 262144 bytes'],
  ]),
  configMap('an owner without anything', { name: 'x', ownerReferences: [{}] }, [
    ['metadata.ownerReferences.apiVersion', bad('', 'version must not be empty')],
    ['metadata.ownerReferences.kind', bad('', 'must not be empty')],
    ['metadata.ownerReferences.name', bad('', 'must not be empty')],
    ['metadata.ownerReferences.uid', bad('', 'must not be empty')],
  ]),
  configMap('a bad finalizer', { name: 'x', finalizers: ['a b'] }, [
    ['metadata.finalizers', bad('a b', QUALIFIED)],
  ]),
  configMap('finalizers at odds', { name: 'x', finalizers: ['orphan', 'foregroundDeletion'] }, [
    [
      'metadata.finalizers',
      'Invalid value: []string{"orphan", "foregroundDeletion"}: finalizer orphan and foregroundDeletion cannot be both set',
    ],
  ]),
]
