import type { ResourceDefinition } from '../registry.ts'
import type { SubresourceHandler } from '../subresources/subresource.ts'

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
  _resources: ResourceDefinition[],
  _subresources: SubresourceHandler[],
): OpenApiDocuments {
  throw new Error('not here yet')
}
