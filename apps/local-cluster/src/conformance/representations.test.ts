import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestCluster, type TestCluster } from './test-cluster.ts'

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps'
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'

let cluster: TestCluster

const create = (name: string, data: object = {}) =>
  cluster.send('POST', CONFIG_MAPS, {
    body: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels: { made: 'here' } },
      data,
    },
  })

beforeAll(async () => {
  cluster = await startTestCluster()
  await create('a', { x: '1', y: '2' })
  await create('b', { big: 'text '.repeat(50_000) })
})
afterAll(() => cluster.close())

describe('tables', () => {
  test.each([
    [
      '',
      { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'a' } },
    ],
    ['&includeObject=Object', { kind: 'ConfigMap', apiVersion: 'v1', data: { x: '1' } }],
    ['&includeObject=None', null],
  ])('rows with the object asked for (%s)', async (query, object) => {
    const path = `${CONFIG_MAPS}?fieldSelector=metadata.name%3Da${query}`
    const { json } = await cluster.send('GET', path, { headers: { accept: TABLE } })
    expect(json).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      columnDefinitions: [
        { name: 'Name', type: 'string', format: 'name', priority: 0 },
        { name: 'Data' },
        { name: 'Age' },
      ],
      rows: [{ cells: ['a', '2', expect.stringMatching(/^\d+s$/)], object }],
    })
  })

  test('a single object is a table too', async () => {
    const { json } = await cluster.send('GET', `${CONFIG_MAPS}/a`, {
      headers: { accept: TABLE },
    })
    expect(json.rows).toHaveLength(1)
  })
})

describe('other forms', () => {
  test('metadata alone', async () => {
    const { json } = await cluster.send('GET', `${CONFIG_MAPS}?labelSelector=made`, {
      headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' },
    })
    expect(json.kind).toBe('PartialObjectMetadataList')
    expect(json.items[0]).toMatchObject({
      kind: 'PartialObjectMetadata',
      metadata: { name: 'a' },
    })
    expect(json.items[0]).not.toHaveProperty('data')
  })

  test('large answers are compressed for those who can take it', async () => {
    const { headers, text } = await cluster.send('GET', CONFIG_MAPS, {
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(headers['content-encoding']).toBe('gzip')
    expect(text.length).toBeLessThan(20_000)
  })

  test('what cannot be produced is 406', async () => {
    const { status, json } = await cluster.send('GET', CONFIG_MAPS, {
      headers: { accept: 'text/html' },
    })
    expect(status).toBe(406)
    expect(json.reason).toBe('NotAcceptable')
  })
})

describe('discovery', () => {
  test.each(['v2', 'v2beta1'])('aggregated %s', async (version) => {
    const accept = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList,application/json`
    const core = await cluster.send('GET', '/api', { headers: { accept } })
    const groups = await cluster.send('GET', '/apis', { headers: { accept } })
    expect(core.headers['content-type']).toBe(
      `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
    )
    const [{ resources }] = core.json.items[0].versions
    expect(resources).toContainEqual(
      expect.objectContaining({
        resource: 'namespaces',
        responseKind: { group: '', version: 'v1', kind: 'Namespace' },
        scope: 'Cluster',
        singularResource: 'namespace',
        shortNames: ['ns'],
        subresources: expect.arrayContaining([
          expect.objectContaining({ subresource: 'status' }),
        ]),
      }),
    )
    const names = groups.json.items.map(
      (item: { metadata: { name: string } }) => item.metadata.name,
    )
    expect(names).toContain('kubevirt.io')
  })

  test('a list of resources names short names, categories and verbs', async () => {
    const { json } = await cluster.send('GET', '/apis/kubevirt.io/v1')
    expect(json).toMatchObject({
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: 'kubevirt.io/v1',
    })
    expect(json.resources).toContainEqual(
      expect.objectContaining({
        name: 'virtualmachines',
        singularName: 'virtualmachine',
        namespaced: true,
        kind: 'VirtualMachine',
        shortNames: ['vm', 'vms'],
        categories: ['all'],
        verbs: expect.arrayContaining(['deletecollection', 'watch']),
      }),
    )
  })
})

describe('deletion', () => {
  test('preconditions must hold', async () => {
    await create('guarded')
    const path = `${CONFIG_MAPS}/guarded`
    const refused = await cluster.send('DELETE', path, {
      body: { preconditions: { uid: 'other' } },
    })
    expect(refused).toMatchObject({ status: 409, json: { reason: 'Conflict' } })
    expect(refused.json.message).toContain('the UID in the precondition (other) does not match')
    const { json } = await cluster.send('GET', path)
    const { uid, resourceVersion } = json.metadata
    const preconditions = { uid, resourceVersion }
    expect((await cluster.send('DELETE', path, { body: { preconditions } })).status).toBe(200)
  })

  test.each([
    ['Foreground', ['foregroundDeletion']],
    ['Orphan', ['orphan']],
  ])('%s holds the object by a finalizer', async (propagationPolicy, finalizers) => {
    const name = propagationPolicy.toLowerCase()
    await create(name)
    const { json } = await cluster.send('DELETE', `${CONFIG_MAPS}/${name}`, {
      body: { propagationPolicy },
    })
    expect(json.metadata).toMatchObject({ finalizers, deletionTimestamp: expect.any(String) })
  })

  test('an object being deleted takes no new finalizers', async () => {
    const { status, json } = await cluster.send('PATCH', `${CONFIG_MAPS}/foreground`, {
      type: 'application/merge-patch+json',
      body: { metadata: { finalizers: ['foregroundDeletion', 'example.com/new'] } },
    })
    expect(status).toBe(422)
    expect(json.message).toContain(
      'no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/new"}',
    )
  })

  test('a collection goes by its selector', async () => {
    await create('kept')
    const { json } = await cluster.send(
      'DELETE',
      `${CONFIG_MAPS}?fieldSelector=metadata.name%3Da`,
    )
    expect(json.kind).toBe('ConfigMapList')
    expect((await cluster.send('GET', `${CONFIG_MAPS}/a`)).status).toBe(404)
    expect((await cluster.send('GET', `${CONFIG_MAPS}/kept`)).status).toBe(200)
  })
})

describe('bodies', () => {
  test('more than a real one takes is 413', async () => {
    const { status } = await create('huge', { text: 'x'.repeat(3_200_000) })
    expect(status).toBe(413)
  })

  test('YAML is read', async () => {
    const body =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: from-yaml\ndata:\n  a: "1"\n'
    const { status, json } = await cluster.send('POST', CONFIG_MAPS, {
      body,
      type: 'application/yaml',
    })
    expect(status).toBe(201)
    expect(json.data).toEqual({ a: '1' })
  })

  test('an unknown field is a warning unless told otherwise', async () => {
    const body = { metadata: { name: 'warned' }, bogus: 1 }
    const { status, headers } = await cluster.send('POST', CONFIG_MAPS, { body })
    expect(status).toBe(201)
    expect(headers['warning']).toBe('299 - "unknown field \\"bogus\\""')
  })
})
