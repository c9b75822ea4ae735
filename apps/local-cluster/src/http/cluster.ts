import type { Authenticator } from '../access/authentication.ts'
import type { Rbac } from '../access/rbac.ts'
import type { SubresourceHandler, SubresourceServices } from '../subresources/subresource.ts'
import type { OpenApiDocuments } from '../openapi/documents.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { ObjectWriter } from './object-writer.ts'
import type { ResourceIndex } from './resource-index.ts'

/** Everything that answering a request needs. */
export interface Cluster {
  store: ObjectStore
  resources: ResourceIndex
  writer: ObjectWriter
  authenticator: Authenticator
  rbac: Rbac
  subresources: readonly SubresourceHandler[]
  services: SubresourceServices
  openApi: () => OpenApiDocuments
  /** For clients that ask where the server is: `127.0.0.1:16443`. */
  address: () => string
  /** The public keys of service accounts' tokens, as a JSON Web Key Set. */
  tokenKeys: object
  /** Aborted when the server closes: ends watches. */
  closing: AbortSignal
}
