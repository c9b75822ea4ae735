import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { KubernetesObject } from '@virtdeck/kubernetes'

/** Names one stored object. */
export interface ObjectKey {
  group: string
  /** The plural as in URLs. */
  resource: string
  /** Undefined for cluster-scoped kinds. */
  namespace?: string | undefined
  name: string
}

/** The objects of the cluster, as subresources and the seed use them: the server's own verbs. */
export interface ObjectAccess {
  find(key: ObjectKey): KubernetesObject | undefined
  list(kind: {
    group: string
    resource: string
    namespace?: string | undefined
  }): KubernetesObject[]
  /** Like POST: defaults, schema and admission apply. Throws StatusError. */
  create(
    kind: { group: string; resource: string },
    object: KubernetesObject,
  ): Promise<KubernetesObject>
  /**
   * Read, change, write, again after a conflict: what a kube-apiserver's own registry does
   * (GuaranteedUpdate). Writes spec and status as they are left by `change`, counts the
   * generation, runs no admission. `change` may throw a StatusError to refuse.
   */
  mutate(key: ObjectKey, change: (object: KubernetesObject) => void): Promise<KubernetesObject>
  /** Like DELETE: finalizers and grace periods apply. */
  delete(
    key: ObjectKey,
    options?: { gracePeriodSeconds?: number; propagationPolicy?: string },
  ): Promise<KubernetesObject>
}

/** What the API server lends to subresources besides the objects. */
export interface SubresourceServices {
  objects: ObjectAccess
  /** PEM: the certificate with which the API server dials node agents, and the CA of theirs. */
  nodeAgentTls: { ca: string; cert: string; key: string }
  /** Path of the socket on which exported disks are served. */
  exporterSocket: string
  issueServiceAccountToken(request: {
    serviceAccount: KubernetesObject
    audiences: string[]
    expirationSeconds: number
    /** A token dies with the pod or secret that it is bound to. */
    boundTo?: { kind: 'Pod' | 'Secret'; name: string; uid: string }
  }): Promise<{ token: string; expirationTimestamp: string }>
}

/** One request to a subresource: authenticated, authorised, path already taken apart. */
export interface SubresourceRequest {
  user: { name: string; groups: string[] }
  method: string
  url: URL
  headers: IncomingHttpHeaders
  /** The served version that the path names. */
  version: string
  /** Empty for cluster- or group-scoped paths. */
  namespace: string
  /** Empty for paths without an object (`…/expand-vm-spec`, `/version`). */
  name: string
  /** Path segments behind the subresource: `['22', 'tcp']` of `…/portforward/22/tcp`. */
  rest: string[]
  /** The body parsed as JSON or YAML; undefined when it is empty. Throws a 400 StatusError. */
  body(): Promise<unknown>
  /** `?dryRun=All`. */
  dryRun: boolean
  /** For a `Warning` response header. */
  warn(message: string): void
  services: SubresourceServices
  /** Aborted when the client goes away. */
  signal: AbortSignal
}

/** An object is sent as JSON, a string as text/plain, bytes as they are (name their type). */
export interface SubresourceResponse {
  status: number
  headers?: Record<string, string>
  body?: object | string | Uint8Array
}

/**
 * One subresource. The path is
 * `/apis/<group>/<version>/[namespaces/<namespace>/]<resource>[/<name>/<subresource>][/rest…]`
 * (`/api/v1/…` for the core group). RBAC checks `<resource>/<subresource>` with the verb of the
 * method: GET get, PUT update, POST create, PATCH patch, DELETE delete.
 */
export interface SubresourceHandler {
  group: string
  versions: string[]
  resource: string
  /** Undefined: `resource` itself is a virtual endpoint (`/version`, `…/expand-vm-spec`). */
  subresource: string | undefined
  /**
   * Where the path hangs: `object` below one object, `namespace` below a namespace,
   * `group` directly below the version. `kind`: lists and single objects that nobody stores.
   */
  scope: 'object' | 'namespace' | 'group' | 'kind'
  /** Whether the path has a namespace (for `object` and `kind` scope). */
  namespaced: boolean
  methods: string[]
  /** Open to everybody who is authenticated (real clusters bind such paths to all users). */
  unguarded?: boolean
  /** Entry of the discovery document; undefined = not listed. */
  discovery?: {
    kind: string
    /** `null` on the wire when undefined, as virt-api does. */
    verbs?: string[]
    /** The kind's own group and version where they differ from the endpoint's. */
    group?: string
    version?: string
  }
  /**
   * Answers. A handler that streams writes to `raw` itself and returns nothing.
   * Throws StatusError to refuse.
   */
  handle(
    request: SubresourceRequest,
    raw: ServerResponse,
  ): Promise<SubresourceResponse | undefined>
  /**
   * Takes over an upgraded connection (`Connection: Upgrade`). Nothing has been written to the
   * socket yet; a StatusError thrown before the first byte is written as an HTTP response by the
   * caller. Without it, upgrade requests go to `handle`.
   */
  upgrade?(
    request: SubresourceRequest,
    connection: { socket: Duplex; head: Buffer },
  ): Promise<void>
}
