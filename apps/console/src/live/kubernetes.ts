import { privateRoutes } from '@virtdeck/bff-contract'
import {
  pathOf,
  virtualMachineSubresourcePath,
  type KubernetesObject,
  type PathTarget,
  type ResourceRef,
} from '@virtdeck/kubernetes'
import type { OpenApiDocument } from '../yaml-editor/schema/openapi.ts'
import { ApiError } from './api-error.ts'
import { request, type ApiRequest } from './request.ts'

interface WriteOptions {
  /** Checks everything and changes nothing. */
  dryRun?: boolean
  /** What happens to unknown and duplicate fields; Strict unless told. */
  fieldValidation?: 'Strict' | 'Ignore'
}

/** Asks the server to refuse unknown and duplicate fields by name, as kubectl does. */
function writeQuery({ dryRun, fieldValidation = 'Strict' }: WriteOptions): string {
  return `?fieldValidation=${fieldValidation}${dryRun ? '&dryRun=All' : ''}`
}

/** A resource as the cluster's discovery lists it. */
export interface ServedResource {
  /** The plural; with a slash, a subresource. */
  name: string
  kind: string
  namespaced: boolean
  verbs: string[]
}

const targetOf = (object: KubernetesObject): PathTarget => ({
  namespace: object.metadata?.namespace,
  name: object.metadata?.name ?? '',
})

async function json<T>(path: string, options?: ApiRequest): Promise<T> {
  const response = await request(`${privateRoutes.kubernetes}${path}`, options)
  return (await response.json()) as T
}

/** Kubernetes requests with the user's own rights, through the BFF; reject with ApiError. */
export const kubernetes = {
  get: <T extends KubernetesObject>(resource: ResourceRef, target: PathTarget) =>
    json<T>(pathOf(resource, target)),

  list: async <T extends KubernetesObject>(resource: ResourceRef, target: PathTarget) => {
    const { items } = await json<{ items?: T[] }>(pathOf(resource, target))
    return items ?? []
  },

  /** What a group and version serve; null if the cluster has no such version. */
  resourcesOf: async (apiVersion: string): Promise<ServedResource[] | null> => {
    const root = apiVersion.includes('/') ? '/apis' : '/api'
    const segments = apiVersion.split('/').map(encodeURIComponent)
    try {
      const { resources } = await json<{ resources?: ServedResource[] }>(
        [root, ...segments].join('/'),
      )
      return resources ?? []
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null
      throw error
    }
  },

  /** Where the schemas of each group version are: `apis/kubevirt.io/v1` → a path. */
  openApiIndex: async (): Promise<Record<string, string>> => {
    const { paths } = await json<{ paths: Record<string, { serverRelativeURL: string }> }>(
      '/openapi/v3',
    )
    return Object.fromEntries(
      Object.entries(paths).map(([path, { serverRelativeURL }]) => [path, serverRelativeURL]),
    )
  },

  openApiDocument: (path: string) => json<OpenApiDocument>(path),

  create: <T extends KubernetesObject>(
    resource: ResourceRef,
    object: T,
    options: WriteOptions = {},
  ) => {
    const path = pathOf(resource, { namespace: object.metadata?.namespace })
    return json<T>(path + writeQuery(options), { method: 'POST', body: object })
  },

  replace: <T extends KubernetesObject>(
    resource: ResourceRef,
    object: T,
    options: WriteOptions = {},
  ) =>
    json<T>(pathOf(resource, targetOf(object)) + writeQuery(options), {
      method: 'PUT',
      body: object,
    }),

  mergePatch: <T extends KubernetesObject>(
    resource: ResourceRef,
    target: PathTarget,
    patch: unknown,
  ) =>
    json<T>(pathOf(resource, target), {
      method: 'PATCH',
      body: patch,
      contentType: 'application/merge-patch+json',
    }),

  jsonPatch: <T extends KubernetesObject>(
    resource: ResourceRef,
    target: PathTarget,
    patch: readonly object[],
  ) =>
    json<T>(pathOf(resource, target) + writeQuery({}), {
      method: 'PATCH',
      body: patch,
      contentType: 'application/json-patch+json',
    }),

  remove: (resource: ResourceRef, target: PathTarget, uid?: string) =>
    json<unknown>(pathOf(resource, target), {
      method: 'DELETE',
      body: {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        propagationPolicy: 'Background',
        // With the uid, an object that was made anew under the same name is not deleted.
        ...(uid === undefined ? {} : { preconditions: { uid } }),
      },
    }),

  /** start, stop, restart …: virt-api answers 406 to `Accept: application/json` there. */
  virtualMachineSubresource: async (options: {
    resource: 'virtualmachines' | 'virtualmachineinstances'
    namespace: string
    name: string
    subresource: string
    body?: unknown
  }) => {
    const path = virtualMachineSubresourcePath(options)
    await request(`${privateRoutes.kubernetes}${path}`, {
      method: 'PUT',
      accept: '*/*',
      body: options.body ?? {},
    })
  },
}
