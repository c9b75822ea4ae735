import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ObjectStore } from '../store/object-store.ts'
import { ruleAllows, type AccessAttributes, type PolicyRule } from './rbac-rules.ts'
import { Rbac } from './rbac.ts'
import { serviceAccountUser, type User } from './user.ts'

const vms = { group: 'kubevirt.io', resource: 'virtualmachines' }
const rule = (more: Partial<PolicyRule>): PolicyRule => ({
  verbs: ['get'],
  apiGroups: ['kubevirt.io'],
  resources: ['virtualmachines'],
  ...more,
})

test.each<[string, PolicyRule, AccessAttributes, boolean]>([
  ['the same verb, group and resource', rule({}), { verb: 'get', ...vms }, true],
  ['another verb', rule({}), { verb: 'list', ...vms }, false],
  ['any verb', rule({ verbs: ['*'] }), { verb: 'list', ...vms }, true],
  ['another group', rule({ apiGroups: [''] }), { verb: 'get', ...vms }, false],
  ['any group', rule({ apiGroups: ['*'] }), { verb: 'get', ...vms }, true],
  [
    'a subresource that is not named',
    rule({}),
    { verb: 'get', ...vms, subresource: 'status' },
    false,
  ],
  [
    'a subresource',
    rule({ resources: ['virtualmachines/start'] }),
    { verb: 'get', ...vms, subresource: 'start' },
    true,
  ],
  [
    'a subresource of anything',
    rule({ resources: ['*/start'] }),
    { verb: 'get', ...vms, subresource: 'start' },
    true,
  ],
  [
    'everything',
    rule({ resources: ['*'] }),
    { verb: 'get', ...vms, subresource: 'start' },
    true,
  ],
  ['the right name', rule({ resourceNames: ['a'] }), { verb: 'get', ...vms, name: 'a' }, true],
  ['another name', rule({ resourceNames: ['a'] }), { verb: 'get', ...vms, name: 'b' }, false],
  [
    'no name where names are named',
    rule({ resourceNames: ['a'] }),
    { verb: 'get', ...vms },
    false,
  ],
  [
    'a path',
    { verbs: ['get'], nonResourceURLs: ['/version'] },
    { verb: 'get', path: '/version' },
    true,
  ],
  [
    'a path below',
    { verbs: ['get'], nonResourceURLs: ['/apis/*'] },
    { verb: 'get', path: '/apis/x' },
    true,
  ],
  [
    'another path',
    { verbs: ['get'], nonResourceURLs: ['/apis/*'] },
    { verb: 'get', path: '/api' },
    false,
  ],
  [
    'a resource rule for a path',
    rule({ verbs: ['*'], resources: ['*'] }),
    { verb: 'get', path: '/api' },
    false,
  ],
])('%s', (_, policyRule, attributes, allowed) => {
  expect(ruleAllows(policyRule, attributes)).toBe(allowed)
})

describe('roles and bindings', () => {
  let directory: string
  let store: ObjectStore
  let rbac: Rbac
  const jane: User = { name: 'jane', groups: ['ops', 'system:authenticated'] }

  const put = (kind: string, namespace: string, object: { metadata: { name: string } }) =>
    store.write(
      { resource: `${kind}.rbac.authorization.k8s.io`, namespace, name: object.metadata.name },
      { type: 'put', json: () => JSON.stringify(object) },
    )
  const clusterRole = (name: string, rules: PolicyRule[], more: object = {}) =>
    put('clusterroles', '', { metadata: { name }, rules, ...more } as {
      metadata: { name: string }
    })
  const bind = (name: string, namespace: string, subject: object, role: string) =>
    put(namespace === '' ? 'clusterrolebindings' : 'rolebindings', namespace, {
      metadata: { name, ...(namespace === '' ? {} : { namespace }) },
      subjects: [subject],
      roleRef: { kind: 'ClusterRole', name: role },
    } as { metadata: { name: string } })

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-rbac-'))
    store = new ObjectStore({ directory })
    rbac = new Rbac(store)
    await clusterRole('reader', [rule({})])
  })
  afterAll(async () => {
    await store.close()
    rmSync(directory, { recursive: true, force: true })
  })
  const mayGet = (user: User, namespace: string) =>
    rbac.allows(user, { verb: 'get', ...vms, namespace })

  test('nobody may anything, masters may everything', () => {
    expect(mayGet(jane, 'a')).toBe(false)
    expect(mayGet({ name: 'root', groups: ['system:masters'] }, 'a')).toBe(true)
  })

  test('a RoleBinding holds in its namespace, at once', async () => {
    await bind('jane', 'a', { kind: 'User', name: 'jane' }, 'reader')
    expect([mayGet(jane, 'a'), mayGet(jane, 'b'), mayGet(jane, '')]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('a ClusterRoleBinding of a group holds everywhere', async () => {
    await bind('ops', '', { kind: 'Group', name: 'ops' }, 'reader')
    expect([mayGet(jane, 'b'), mayGet(jane, '')]).toEqual([true, true])
    expect(mayGet({ name: 'joe', groups: [] }, 'b')).toBe(false)
  })

  test('service accounts are subjects by namespace and name', async () => {
    await bind(
      'robot',
      'c',
      { kind: 'ServiceAccount', namespace: 'x', name: 'robot' },
      'reader',
    )
    expect(mayGet(serviceAccountUser('x', 'robot'), 'c')).toBe(true)
    expect(mayGet(serviceAccountUser('y', 'robot'), 'c')).toBe(false)
  })

  test('aggregated roles unite the roles that their selectors match', async () => {
    const joe: User = { name: 'joe', groups: [] }
    await clusterRole('view', [], {
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { 'to-view': 'true' } }] },
    })
    await bind('joe', 'd', { kind: 'User', name: 'joe' }, 'view')
    expect(mayGet(joe, 'd')).toBe(false)
    await put('clusterroles', '', {
      metadata: { name: 'part', labels: { 'to-view': 'true' } },
      rules: [rule({})],
    } as { metadata: { name: string } })
    expect(mayGet(joe, 'd')).toBe(true)
    expect(rbac.rulesOf(joe, 'd')).toEqual([rule({})])
    expect(rbac.rulesOf(joe, 'e')).toEqual([])
  })
})
