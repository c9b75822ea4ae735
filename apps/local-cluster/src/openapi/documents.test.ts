import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { RESOURCES } from '../resources/index.ts'
import { SUBRESOURCES } from '../subresources/index.ts'
import { openApiDocuments } from './documents.ts'

interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Record<string, unknown>> }
}
interface Operation {
  parameters: { name: string }[]
  requestBody?: { content: object }
  'x-kubernetes-group-version-kind': object
}

const documents = openApiDocuments(RESOURCES, SUBRESOURCES)

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
    const paths = new Set(
      RESOURCES.flatMap(({ group, versions }) =>
        versions.map((version) => (group ? `apis/${group}/${version}` : `api/${version}`)),
      ),
    )
    const missing: string[] = []
    for (const path of paths) {
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
})
