import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { REVIEWS } from '../access/reviews.ts'
import { RESOURCES } from '../resources/index.ts'
import { SUBRESOURCES } from '../subresources/index.ts'
import { openApiDocuments } from './documents.ts'

interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Record<string, unknown>> }
}
interface Operation {
  operationId: string
  responses: object
  parameters: { name: string }[]
  requestBody?: { content: object }
  'x-kubernetes-group-version-kind': object
}

const documents = openApiDocuments(RESOURCES, SUBRESOURCES, REVIEWS)

async function read(path: string): Promise<Document> {
  const document = await documents.document(path)
  if (!document) throw new Error(`no document ${path}`)
  return JSON.parse(document.json.toString()) as Document
}

async function patchTypes(document: string, path: string): Promise<string[]> {
  const { paths } = await read(document)
  return Object.keys(paths[path]?.patch?.requestBody?.content ?? {})
}

describe('OpenAPI v3', () => {
  it('lists every group and version with a hash', async () => {
    const { json } = await documents.index()
    const { paths } = JSON.parse(json.toString()) as {
      paths: Record<string, { serverRelativeURL: string }>
    }
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['api/v1', 'apis/kubevirt.io/v1', 'apis/kubevirt.io/v1alpha3']),
    )
    const { hash } = (await documents.document('apis/kubevirt.io/v1')) ?? {}
    expect(paths['apis/kubevirt.io/v1']?.serverRelativeURL).toBe(
      `/openapi/v3/apis/kubevirt.io/v1?hash=${hash}`,
    )
    expect(await documents.document('apis/nobody.io/v1')).toBeUndefined()
  })

  it('keeps each document, compressed too', async () => {
    const first = await documents.document('api/v1')
    expect(await documents.document('api/v1')).toBe(first)
    expect(first && gunzipSync(first.gzip).equals(first.json)).toBe(true)
  })

  it.each([
    ['v1', 'io.kubevirt.v1.VirtualMachine'],
    ['v1alpha3', 'io.kubevirt.v1alpha3.VirtualMachine'],
  ])('has what kubectl explains and validates from (%s)', async (version, component) => {
    const { paths, components } = await read(`apis/kubevirt.io/${version}`)
    const gvk = { group: 'kubevirt.io', version, kind: 'VirtualMachine' }
    const path = `/apis/kubevirt.io/${version}/namespaces/{namespace}/virtualmachines/{name}`
    const patch = paths[path]?.patch
    expect(patch?.['x-kubernetes-group-version-kind']).toEqual(gvk)
    expect(patch?.parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['fieldValidation', 'dryRun', 'fieldManager', 'force']),
    )
    expect(components.schemas[component]).toMatchObject({
      'x-kubernetes-group-version-kind': [gvk],
    })
  })

  it('offers strategic merge patches for built-in kinds only', async () => {
    const strategic = 'application/strategic-merge-patch+json'
    const core = '/api/v1/namespaces/{namespace}/pods/{name}'
    const custom = '/apis/kubevirt.io/v1/namespaces/{namespace}/virtualmachines/{name}'
    expect(await patchTypes('api/v1', core)).toContain(strategic)
    expect(await patchTypes('apis/kubevirt.io/v1', custom)).not.toContain(strategic)
  })

  it('resolves every reference, in every document', async () => {
    const missing: string[] = []
    for (const path of await allPaths()) {
      const document = await read(path)
      JSON.stringify(document, (_key, value: unknown) => {
        if (typeof value === 'string' && value.startsWith('#/components/schemas/')) {
          const name = value.slice('#/components/schemas/'.length)
          if (!document.components.schemas[name]) missing.push(`${path}: ${name}`)
        }
        return value
      })
    }
    expect(missing).toEqual([])
  })

  it('has every group and version that is served, with kinds, reviews and subresources', async () => {
    const paths = await allPaths()
    const served = [...RESOURCES, ...SUBRESOURCES].flatMap(({ group, versions }) =>
      versions.map((version) => (group ? `apis/${group}/${version}` : `api/${version}`)),
    )
    expect(paths).toEqual([...new Set([...served, ...REVIEWS.map(reviewPath)])].toSorted())
    const { paths: reviews, components } = await read('apis/authorization.k8s.io/v1')
    const at = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
    expect(reviews[at]?.post?.['x-kubernetes-group-version-kind']).toEqual({
      group: 'authorization.k8s.io',
      version: 'v1',
      kind: 'SelfSubjectAccessReview',
    })
    expect(components.schemas).toHaveProperty([
      'io.k8s.api.authorization.v1.SelfSubjectAccessReview',
    ])
    const { paths: actions } = await read('apis/subresources.kubevirt.io/v1')
    const start =
      '/apis/subresources.kubevirt.io/v1/namespaces/{namespace}/virtualmachines/{name}/start'
    expect(actions[start]).toHaveProperty('put')
  })

  it('names every parameter of its paths and each operation once', async () => {
    const problems: string[] = []
    for (const path of await allPaths()) {
      const operations = new Set<string>()
      for (const [at, { parameters = [], ...item }] of Object.entries(
        (await read(path)).paths,
      )) {
        const declared = (parameters as unknown as { name: string }[]).map(({ name }) => name)
        const used = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
        if (String(declared) !== String(used)) problems.push(at)
        for (const { operationId, responses } of Object.values(item)) {
          if (operations.has(operationId) || !responses) problems.push(operationId)
          operations.add(operationId)
        }
      }
    }
    expect(problems).toEqual([])
  })

  it('names quantities and numbers that may be names in built-in kinds', async () => {
    const { components } = await read('api/v1')
    expect(components.schemas['io.k8s.api.core.v1.ServicePort']).toMatchObject({
      properties: {
        targetPort: {
          allOf: [
            { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.util.intstr.IntOrString' },
          ],
        },
      },
    })
    expect(components.schemas['io.k8s.api.core.v1.ResourceRequirements']).toMatchObject({
      properties: {
        limits: {
          additionalProperties: {
            $ref: '#/components/schemas/io.k8s.apimachinery.pkg.api.resource.Quantity',
          },
        },
      },
    })
  })
})

async function allPaths(): Promise<string[]> {
  const { json } = await documents.index()
  return Object.keys((JSON.parse(json.toString()) as { paths: object }).paths)
}

function reviewPath({ group, version }: { group: string; version: string }): string {
  return `apis/${group}/${version}`
}
