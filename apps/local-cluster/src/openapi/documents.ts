import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip as gzipCallback } from 'node:zlib'
import type { ResourceDefinition } from '../registry.ts'
import type { SubresourceHandler } from '../subresources/subresource.ts'
import { buildDocument, type Served, type VirtualResource } from './document.ts'
import { SCHEMAS_STAMP } from './schemas.ts'

const gzip = promisify(gzipCallback)

/** One document, ready to be written. */
export interface OpenApiDocument {
  json: Buffer
  gzip: Buffer
  /** Hex; also the `?hash=` of the index and the ETag. */
  hash: string
}

export interface OpenApiDocuments {
  /** `GET /openapi/v3`. */
  index(): Promise<OpenApiDocument>
  /** `GET /openapi/v3/<path>`, e.g. `apis/kubevirt.io/v1`; undefined = 404. */
  document(path: string): Promise<OpenApiDocument | undefined>
}

/** OpenAPI v3 of the kinds and subresources; each document is made on first use and kept. */
export function openApiDocuments(
  resources: ResourceDefinition[],
  subresources: SubresourceHandler[],
  virtual: readonly VirtualResource[] = [],
): OpenApiDocuments {
  const kinds = servedByPath({ resources, subresources, virtual })
  const hashes = new Map([...kinds].map(([path, served]) => [path, hashOf(path, served)]))
  const documents = new Map<string, Promise<OpenApiDocument>>()
  const once = (path: string, make: () => object): Promise<OpenApiDocument> => {
    let document = documents.get(path)
    if (!document) {
      document = pack(make(), hashes.get(path))
      documents.set(path, document)
    }
    return document
  }
  return {
    index: () => once('', () => ({ paths: indexPaths(hashes) })),
    document: async (path) => {
      const served = kinds.get(path)
      return served && once(path, () => buildDocument(path, served))
    },
  }
}

interface Sources {
  resources: ResourceDefinition[]
  subresources: SubresourceHandler[]
  virtual: readonly VirtualResource[]
}

function servedByPath({ resources, subresources, virtual }: Sources): Map<string, Served> {
  const paths = new Map<string, Served>()
  const at = (group: string, version: string): Served => {
    const path = group === '' ? `api/${version}` : `apis/${group}/${version}`
    let served = paths.get(path)
    if (!served) paths.set(path, (served = { kinds: [], subresources: [], virtual: [] }))
    return served
  }
  for (const definition of resources) {
    for (const version of definition.versions) {
      at(definition.group, version).kinds.push({ definition, version })
    }
  }
  for (const handler of subresources) {
    for (const version of handler.versions)
      at(handler.group, version).subresources.push(handler)
  }
  for (const resource of virtual) at(resource.group, resource.version).virtual.push(resource)
  return paths
}

/** The index needs every hash, but no document yet: what a document is made of is hashed. */
function hashOf(path: string, { kinds, subresources, virtual }: Served): string {
  const parts = kinds.map(({ definition }) => [
    definition.kind,
    definition.resource,
    definition.component ?? definition.schema,
    definition.hasStatus,
  ])
  const others = [
    ...subresources.map(({ resource, subresource, methods }) => [
      resource,
      subresource,
      methods,
    ]),
    ...virtual.map(({ resource, kind }) => [resource, kind]),
  ]
  return createHash('sha512')
    .update(JSON.stringify([SCHEMAS_STAMP, path, parts, others]))
    .digest('hex')
    .toUpperCase()
}

function indexPaths(hashes: Map<string, string>) {
  const entries = [...hashes].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(
    entries.map(([path, hash]) => [
      path,
      { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` },
    ]),
  )
}

async function pack(document: object, hash: string | undefined): Promise<OpenApiDocument> {
  const json = Buffer.from(JSON.stringify(document))
  return {
    json,
    gzip: await gzip(json),
    hash: hash ?? createHash('sha512').update(json).digest('hex').toUpperCase(),
  }
}
