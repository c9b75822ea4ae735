import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCluster, type TestCluster } from './test-cluster.ts'

const NAMESPACE = '/api/v1/namespaces/development'
const AUTHENTICATION = 'authentication.k8s.io/v1'
const REVIEWS = `/apis/${AUTHENTICATION}/tokenreviews`
const AUDIENCE = 'https://kubernetes.default.svc.cluster.local'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await startTestCluster()
  const post = (resource: string, kind: string, name: string, more: object = {}) =>
    cluster.send('POST', `${NAMESPACE}/${resource}`, {
      body: { apiVersion: 'v1', kind, metadata: { name }, ...more },
    })
  await post('serviceaccounts', 'ServiceAccount', 'robot')
  await post('pods', 'Pod', 'runner', {
    spec: { serviceAccountName: 'robot', containers: [{ name: 'a', image: 'a' }] },
  })
})
afterAll(() => cluster.close())

async function issue(spec: object = {}): Promise<string> {
  const { json } = await cluster.send('POST', `${NAMESPACE}/serviceaccounts/robot/token`, {
    body: { apiVersion: AUTHENTICATION, kind: 'TokenRequest', spec },
  })
  return json.status.token
}
const whoAmI = (token: string) =>
  cluster.send('POST', `/apis/${AUTHENTICATION}/selfsubjectreviews`, {
    as: null,
    headers: { authorization: `Bearer ${token}` },
    body: { apiVersion: AUTHENTICATION, kind: 'SelfSubjectReview' },
  })
const reviewed = async (spec: object): Promise<unknown> => {
  const body = { apiVersion: AUTHENTICATION, kind: 'TokenReview', spec }
  return (await cluster.send('POST', REVIEWS, { body })).json.status
}

test('a token is its account, with the groups of accounts', async () => {
  const { status, json } = await whoAmI(await issue())
  expect(status).toBe(201)
  expect(json.status.userInfo).toMatchObject({
    username: 'system:serviceaccount:development:robot',
    uid: expect.any(String),
    groups: [
      'system:serviceaccounts',
      'system:serviceaccounts:development',
      'system:authenticated',
    ],
    extra: {
      'authentication.kubernetes.io/credential-id': [expect.stringMatching(/^JTI=/)],
    },
  })
})

test('a token for others is not for the API server', async () => {
  const token = await issue({ audiences: ['vault'] })
  expect((await whoAmI(token)).status).toBe(401)
  expect(await reviewed({ token })).toEqual({ user: {}, error: 'invalid bearer token' })
  expect(await reviewed({ token, audiences: ['vault', 'other'] })).toMatchObject({
    authenticated: true,
    audiences: ['vault'],
  })
  expect(await reviewed({ token: await issue() })).toMatchObject({ audiences: [AUDIENCE] })
})

test('others find the key of tokens', async () => {
  const document = await cluster.send('GET', '/.well-known/openid-configuration')
  expect(document.json).toMatchObject({ issuer: AUDIENCE })
  const { json, headers } = await cluster.send('GET', new URL(document.json.jwks_uri).pathname)
  const [header = ''] = (await issue()).split('.')
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
  expect(headers['content-type']).toBe('application/jwk-set+json')
  expect(json.keys).toEqual([expect.objectContaining({ kid, kty: 'EC', alg: 'ES256' })])
})

test('a token ends with the pod that it is bound to', async () => {
  const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name: 'runner' }
  const token = await issue({ boundObjectRef })
  const { json } = await whoAmI(token)
  expect(json.status.userInfo.extra).toMatchObject({
    'authentication.kubernetes.io/pod-name': ['runner'],
  })
  await cluster.send('DELETE', `${NAMESPACE}/pods/runner`)
  expect((await whoAmI(token)).status).toBe(401)
})

test('a token ends with its account, even if another of the name comes', async () => {
  const token = await issue()
  await cluster.send('DELETE', `${NAMESPACE}/serviceaccounts/robot`)
  expect((await whoAmI(token)).status).toBe(401)
  await cluster.send('POST', `${NAMESPACE}/serviceaccounts`, {
    body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot' } },
  })
  expect((await whoAmI(token)).status).toBe(401)
})
