import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Exchange } from './exchange.ts'
import { access } from './rules/access.ts'
import { bodies } from './rules/bodies.ts'
import { columns } from './rules/columns.ts'
import { methods } from './rules/methods.ts'
import { missing } from './rules/missing.ts'
import { names } from './rules/names.ts'
import { options } from './rules/options.ts'
import { writes } from './rules/writes.ts'
import { answerTo, wantedAnswer } from './run-exchange.ts'
import { startTestCluster, type TestCluster } from './test-cluster.ts'

/*
 * What a kube-apiserver answers to requests of the same sorts as the recorded ones, with other
 * kinds and verbs, by its source. Each table is in order, on one API server without controllers.
 */
const TABLES: Record<string, Exchange[]> = {
  'paths and methods': methods,
  'what is not there': missing,
  'names and other metadata': names,
  options,
  bodies,
  writes,
  access,
  columns,
}

let cluster: TestCluster
beforeAll(async () => {
  cluster = await startTestCluster()
  for (const name of ['kube-root-ca.crt', 'patched']) {
    await cluster.send('POST', '/api/v1/namespaces/default/configmaps', {
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: '1' } },
    })
  }
  await letIn()
  await cluster.send('POST', '/api/v1/namespaces', {
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'leaving' } },
  })
})
/** People who may do only this and that. */
async function letIn(): Promise<void> {
  const group = 'rbac.authorization.k8s.io'
  const write = (resource: string, object: object) =>
    cluster.send('POST', `/apis/${group}/v1/namespaces/development/${resource}`, {
      body: { apiVersion: `${group}/v1`, ...object },
    })
  const bindingOf = (name: string, kind: string, role: string) => ({
    kind: 'RoleBinding',
    metadata: { name: `${name}-${role}` },
    roleRef: { apiGroup: group, kind, name: role },
    subjects: [{ kind: 'User', apiGroup: group, name }],
  })
  const verbs = [
    'create',
    'update',
    'patch',
    'delete',
    'get',
    'list',
    'watch',
    'deletecollection',
  ]
  await write('roles', {
    kind: 'Role',
    metadata: { name: 'keeper' },
    rules: [
      { apiGroups: [group], resources: ['roles', 'rolebindings'], verbs },
      { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
    ],
  })
  await write('rolebindings', bindingOf('keeper', 'Role', 'keeper'))
  await write('rolebindings', bindingOf('eve', 'ClusterRole', 'lost'))
}
afterAll(() => cluster.close())

describe.each(Object.entries(TABLES))('%s', (_, exchanges) => {
  test.each(exchanges)('$name', async (exchange) => {
    expect(await answerTo(cluster.send, exchange)).toEqual(wantedAnswer(exchange))
  })
})
