import path from 'node:path'
import { authenticator } from './access/authentication.ts'
import { refuseEscalation } from './access/escalation.ts'
import { writeKubeconfigs } from './access/kubeconfigs.ts'
import { loadPki } from './access/pki.ts'
import { Rbac } from './access/rbac.ts'
import { REVIEWS } from './access/reviews.ts'
import { serviceAccountTokens } from './access/service-account-tokens.ts'
import { loadStaticTokens } from './access/tokens.ts'
import { CustomResources } from './custom-resources/custom-resources.ts'
import { listen } from './http/api-server.ts'
import type { Cluster } from './http/cluster.ts'
import { objectAccess } from './http/object-access.ts'
import { ObjectWriter } from './http/object-writer.ts'
import { ResourceRegistry } from './http/resource-index.ts'
import { byGeneration } from './http/by-generation.ts'
import { openApiDocuments } from './openapi/documents.ts'
import { exporterSocketIn } from './exporter-socket.ts'
import type { ResourceDefinition } from './registry.ts'
import { ObjectStore } from './store/object-store.ts'
import type { SubresourceHandler, SubresourceServices } from './subresources/subresource.ts'

export interface LocalClusterOptions {
  dataDirectory: string
  /** 0: a free one. */
  port: number
  nodeNames: string[]
  resources: ResourceDefinition[]
  subresources: SubresourceHandler[]
  /** Makes the objects of a fresh cluster. */
  seed: (objects: SubresourceServices['objects']) => Promise<void>
}

export interface LocalCluster {
  url: string
  store: ObjectStore
  tokenOf: (user: string) => string
  caCertificate: string
  close: () => Promise<void>
}

/** Starts the API server on a data directory: store, access control, seed, HTTPS. */
export async function startLocalCluster(options: LocalClusterOptions): Promise<LocalCluster> {
  const { dataDirectory, nodeNames, subresources } = options
  const store = new ObjectStore({ directory: path.join(dataDirectory, 'store') })
  try {
    const pki = await loadPki(path.join(dataDirectory, 'pki'), nodeNames)
    const tokens = loadStaticTokens(path.join(dataDirectory, 'tokens.json'), nodeNames)
    const resources = new ResourceRegistry(options.resources)
    const rbac = new Rbac(store)
    const writer = new ObjectWriter(store, resources, (definition, request) =>
      refuseEscalation(rbac, definition, request),
    )
    const accounts = serviceAccountTokens(pki.serviceAccountKey)
    const closing = new AbortController()
    // The name under which virt-api's own writes appear in managed fields of real clusters.
    const fieldManager = 'Go-http-client'
    const objects = objectAccess({ store, resources, writer, fieldManager })
    const documents = byGeneration(resources, () =>
      openApiDocuments([...resources.all], subresources, REVIEWS),
    )
    let port = options.port
    const cluster: Cluster = {
      store,
      resources,
      writer,
      rbac,
      authenticator: authenticator({
        staticTokens: tokens,
        serviceAccounts: accounts,
        rbac,
        exists: ({ uid, ...key }) => objects.find({ group: '', ...key })?.metadata?.uid === uid,
      }),
      subresources,
      services: {
        objects,
        nodeAgentTls: { ca: pki.ca.cert, ...pki.kubeletClient },
        exporterSocket: exporterSocketIn(dataDirectory),
        issueServiceAccountToken: ({ serviceAccount, ...request }) => {
          const { namespace = '', name = '', uid = '' } = serviceAccount.metadata ?? {}
          return Promise.resolve(accounts.issue({ namespace, name, uid, ...request }))
        },
      },
      openApi: documents,
      address: () => `127.0.0.1:${port}`,
      tokenKeys: accounts.keySet,
      closing: closing.signal,
    }
    const ownObjects = objectAccess({
      store,
      resources,
      writer,
      fieldManager: 'kube-apiserver',
    })
    await options.seed(ownObjects)
    const customResources = new CustomResources({ store, resources, objects: ownObjects })
    const server = await listen({ cluster, certificate: pki.apiServer, port })
    port = server.port
    const url = `https://127.0.0.1:${port}`
    const caCertificate = pki.ca.cert
    writeKubeconfigs({ dataDirectory, server: url, caCertificate, tokens, nodeNames })
    return {
      url,
      store,
      tokenOf: tokens.tokenOf,
      caCertificate,
      close: async () => {
        closing.abort()
        await server.close()
        await customResources.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}
