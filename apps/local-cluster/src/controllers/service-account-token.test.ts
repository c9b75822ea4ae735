import { RESOURCES } from '@virtdeck/kubernetes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConfigMap, Secret } from './informers.ts'
import { rootCertificateController } from './root-certificate.ts'
import { serviceAccountTokenController } from './service-account-token.ts'
import { FakeCluster } from './testing/fake-cluster.ts'

let cluster: FakeCluster

beforeEach(() => {
  cluster = new FakeCluster()
})
afterEach(() => cluster.stop())

test('a token secret of an account that is gone goes too', async () => {
  await cluster.run(serviceAccountTokenController(cluster.context))
  await cluster.server.client.create<Secret>(RESOURCES.secrets, {
    metadata: {
      namespace: 'default',
      name: 'token',
      annotations: { 'kubernetes.io/service-account.name': 'nobody' },
    },
    type: 'kubernetes.io/service-account-token',
  })
  await expect.poll(() => cluster.server.list(RESOURCES.secrets)).toEqual([])
})

test('every namespace has the certificate authority, also after somebody changed it', async () => {
  await cluster.run(rootCertificateController(cluster.context))
  const { client } = cluster.server
  await client.create(RESOURCES.namespaces, { metadata: { name: 'n' } })
  const target = { namespace: 'n', name: 'kube-root-ca.crt' }
  const data = () => {
    const found: ConfigMap | undefined = cluster.server.find(
      RESOURCES.configMaps,
      target.name,
      'n',
    )
    return found?.data
  }
  await expect.poll(data).toEqual({ 'ca.crt': 'PEM' })
  await client.patch(RESOURCES.configMaps, target, { data: { 'ca.crt': 'other' } })
  await expect.poll(data).toEqual({ 'ca.crt': 'PEM' })
})
