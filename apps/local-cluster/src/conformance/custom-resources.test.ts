import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startTestCluster, type TestCluster } from './test-cluster.ts'
import { TABLE } from './tables.ts'
import type { TestAnswer } from './test-requests.ts'

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const GROUP = '/apis/example.com/v1'
const WIDGETS = `${GROUP}/namespaces/default/widgets`
const MERGE = 'application/merge-patch+json'

const definition = (plural: string, kind: string, more: object = {}): object => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.example.com` },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural, kind, shortNames: [plural.slice(0, 2)], categories: ['all'] },
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: false,
        deprecated: true,
        schema: { openAPIV3Schema: { type: 'object' } },
      },
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: {
          status: {},
          scale: {
            specReplicasPath: '.spec.replicas',
            statusReplicasPath: '.status.replicas',
            labelSelectorPath: '.status.selector',
          },
        },
        additionalPrinterColumns: [
          { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
          { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
        ],
        selectableFields: [{ jsonPath: '.spec.colour' }],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                required: ['size'],
                properties: {
                  size: { type: 'integer', minimum: 1 },
                  colour: { type: 'string', enum: ['red', 'blue'], default: 'red' },
                  replicas: { type: 'integer' },
                  parts: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                    items: {
                      type: 'object',
                      required: ['name'],
                      properties: { name: { type: 'string' }, weight: { type: 'integer' } },
                    },
                  },
                },
              },
              status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
            },
          },
        },
      },
    ],
  },
  ...more,
})
const widget = (name: string, spec: object, more: object = {}): object => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name, ...more },
  spec,
})

let cluster: TestCluster
let created: TestAnswer
const get = async (path: string, accept = 'application/json') =>
  (await cluster.send('GET', path, { headers: { accept } })).json
const post = (path: string, body: object) => cluster.send('POST', path, { body })
const established = (plural: string): Promise<void> =>
  vi.waitFor(async () => {
    const { status } = await get(`${DEFINITIONS}/${plural}.example.com`)
    const types = (status.conditions ?? []) as { type: string; status: string }[]
    if (!types.some((one) => one.type === 'Established' && one.status === 'True')) {
      throw new Error('not established')
    }
  })

beforeAll(async () => {
  cluster = await startTestCluster()
  created = await post(DEFINITIONS, definition('widgets', 'Widget'))
  await established('widgets')
})
afterAll(() => cluster.close())

describe('a definition', () => {
  test('is nothing at first', () => {
    expect(created.status).toBe(201)
    expect(created.headers['warning']).toBeUndefined()
    expect(created.json.status).toEqual({
      conditions: null,
      acceptedNames: { plural: '', kind: '' },
      storedVersions: ['v1'],
    })
  })

  test('has its names accepted', async () => {
    const { spec, status } = await get(`${DEFINITIONS}/widgets.example.com`)
    expect(spec.names).toMatchObject({ singular: 'widget', listKind: 'WidgetList' })
    expect(status).toMatchObject({
      acceptedNames: spec.names,
      conditions: [
        { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts' },
        { type: 'Established', status: 'True', reason: 'InitialNamesAccepted' },
      ],
    })
  })

  test('stands in discovery and OpenAPI', async () => {
    expect((await get('/apis/example.com')).versions).toEqual([
      { groupVersion: 'example.com/v1', version: 'v1' },
      { groupVersion: 'example.com/v1beta1', version: 'v1beta1' },
    ])
    expect((await get(GROUP)).resources).toEqual([
      expect.objectContaining({
        name: 'widgets',
        singularName: 'widget',
        kind: 'Widget',
        namespaced: true,
        shortNames: ['wi'],
        categories: ['all'],
      }),
      expect.objectContaining({ name: 'widgets/status', kind: 'Widget' }),
      expect.objectContaining({ name: 'widgets/scale', kind: 'Scale', group: 'autoscaling' }),
    ])
    const { paths } = await get('/openapi/v3')
    const document = await get(paths['apis/example.com/v1'].serverRelativeURL)
    const schemas = Object.values<{
      'x-kubernetes-group-version-kind'?: { kind: string }[]
    }>(document.components.schemas)
    expect(
      schemas.some(
        (schema) => schema['x-kubernetes-group-version-kind']?.[0]?.kind === 'Widget',
      ),
    ).toBe(true)
  })

  test('waits for names that are taken', async () => {
    const taken = definition('gadgets', 'Widget')
    await post(DEFINITIONS, taken)
    await expect
      .poll(
        async () => (await get(`${DEFINITIONS}/gadgets.example.com`)).status.conditions?.[0],
      )
      .toMatchObject({
        type: 'NamesAccepted',
        status: 'False',
        reason: 'ListKindConflict',
        message: '"WidgetList" is already in use',
      })
    await cluster.send('DELETE', `${DEFINITIONS}/gadgets.example.com`)
  })

  test.each([
    [
      'of another name',
      definition('things', 'Thing', { metadata: { name: 'other' } }),
      'metadata.name: Invalid value: "other": must be spec.names.plural+"."+spec.group',
    ],
    [
      'without a schema',
      definition('things', 'Thing', {
        spec: {
          group: 'example.com',
          scope: 'Cluster',
          names: { plural: 'things', kind: 'Thing' },
          versions: [{ name: 'v1', served: true, storage: true }],
        },
      }),
      'spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required',
    ],
    [
      "in Kubernetes' own domain",
      definition('things', 'Thing', {
        metadata: { name: 'things.x.k8s.io' },
        spec: {
          group: 'x.k8s.io',
          scope: 'Cluster',
          names: { plural: 'things', kind: 'Thing' },
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              schema: { openAPIV3Schema: { type: 'object' } },
            },
          ],
        },
      }),
      'metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111',
    ],
  ])('%s is refused', async (_, body, message) => {
    const { status, json } = await post(DEFINITIONS, body)
    expect(status).toBe(422)
    expect(json.message).toContain(message)
  })
})

describe('its objects', () => {
  test('are created with defaults, listed, selected and shown as tables', async () => {
    const { status, json } = await post(WIDGETS, widget('a', { size: 3 }))
    expect(status).toBe(201)
    expect(json).toMatchObject({
      metadata: {
        generation: 1,
        managedFields: [
          { manager: 'unknown', fieldsV1: { 'f:spec': { '.': {}, 'f:size': {} } } },
        ],
      },
      spec: { size: 3, colour: 'red' },
    })
    await post(WIDGETS, widget('b', { size: 4, colour: 'blue' }))
    const blue = await get(`${WIDGETS}?fieldSelector=spec.colour%3Dblue`)
    expect(
      blue.items.map((item: { metadata: { name: string } }) => item.metadata.name),
    ).toEqual(['b'])
    const table = await get(WIDGETS, TABLE)
    expect(table.columnDefinitions.map((column: { name: string }) => column.name)).toEqual([
      'Name',
      'Size',
      'Age',
    ])
    expect(table.rows[0].cells).toEqual(['a', 3, expect.stringMatching(/^\d+s$/)])
  })

  test('are checked by its schema', async () => {
    const { status, json } = await post(WIDGETS, widget('bad', { size: 0, colour: 'green' }))
    expect(status).toBe(422)
    expect(json.details.causes).toEqual(
      expect.arrayContaining([
        {
          reason: 'FieldValueInvalid',
          message: 'Invalid value: 0: spec.size in body should be greater than or equal to 1',
          field: 'spec.size',
        },
        {
          reason: 'FieldValueNotSupported',
          message: 'Unsupported value: "green": supported values: "red", "blue"',
          field: 'spec.colour',
        },
      ]),
    )
    const strict = await post(
      `${WIDGETS}?fieldValidation=Strict`,
      widget('s', { size: 1, x: 1 }),
    )
    expect(strict.json.message).toBe(
      'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.x"',
    )
  })

  test('have a status and a scale of their own', async () => {
    const status = { replicas: 2, selector: 'app=a' }
    await cluster.send('PATCH', `${WIDGETS}/a/status`, { type: MERGE, body: { status } })
    const { json } = await cluster.send('PATCH', `${WIDGETS}/a/scale`, {
      type: MERGE,
      body: { spec: { replicas: 5 } },
    })
    expect(json).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 5 },
      status,
    })
    const object = await get(`${WIDGETS}/a`)
    expect(object).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 5 }, status })
  })

  test('merge lists by their keys when they are applied', async () => {
    const apply = (manager: string, parts: object[]) =>
      cluster.send('PATCH', `${WIDGETS}/applied?fieldManager=${manager}`, {
        type: 'application/apply-patch+yaml',
        body: widget('applied', { size: 1, parts }),
      })
    expect((await apply('one', [{ name: 'a', weight: 1 }])).status).toBe(201)
    const { json } = await apply('two', [{ name: 'b', weight: 2 }])
    expect(json.spec.parts).toEqual([
      { name: 'a', weight: 1 },
      { name: 'b', weight: 2 },
    ])
    const conflict = await apply('two', [{ name: 'a', weight: 3 }])
    expect(conflict.json.message).toBe(
      'Apply failed with 1 conflict: conflict with "one": .spec.parts[name="a"].weight',
    )
  })

  test('of a deprecated version come with a warning', async () => {
    const { headers, json } = await cluster.send(
      'GET',
      '/apis/example.com/v1beta1/namespaces/default/widgets/a',
    )
    expect(headers['warning']).toBe('299 - "example.com/v1beta1 Widget is deprecated"')
    expect(json.apiVersion).toBe('example.com/v1beta1')
  })

  test('are there after a restart', async () => {
    await cluster.restart()
    expect((await get(`${WIDGETS}/a`)).spec.size).toBe(3)
  })
})

describe('deleting a definition', () => {
  test('deletes its objects first, and waits for those that are held', async () => {
    await post(WIDGETS, widget('held', { size: 1 }, { finalizers: ['example.com/hold'] }))
    const { json } = await cluster.send('DELETE', `${DEFINITIONS}/widgets.example.com`)
    expect(json).toMatchObject({
      kind: 'CustomResourceDefinition',
      metadata: { finalizers: ['customresourcecleanup.apiextensions.k8s.io'] },
    })
    await expect.poll(async () => (await get(`${WIDGETS}/a`)).code).toBe(404)
    const late = await post(WIDGETS, widget('late', { size: 1 }))
    expect(late.json).toMatchObject({
      code: 405,
      message: 'create not allowed while custom resource definition is terminating',
    })
    await cluster.send('PATCH', `${WIDGETS}/held`, {
      type: MERGE,
      body: { metadata: { finalizers: null } },
    })
    await expect
      .poll(async () => (await get(`${DEFINITIONS}/widgets.example.com`)).code)
      .toBe(404)
    expect((await cluster.send('GET', WIDGETS)).text).toBe('404 page not found\n')
    expect((await cluster.send('GET', '/apis/example.com')).status).toBe(404)
  })
})
