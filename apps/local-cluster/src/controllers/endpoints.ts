import {
  keyOf,
  matchesLabels,
  requirementsOf,
  RESOURCES,
  type KubernetesObject,
  type ResourceRef,
} from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import { followsPods, podEndpoints } from './endpoints/addresses.ts'
import { endpointsOf } from './endpoints/endpoints-object.ts'
import {
  endpointSlicesOf,
  MANAGED_BY,
  MANAGER,
  SERVICE_NAME,
} from './endpoints/endpoint-slices.ts'
import { IndexBy } from './index-by.ts'
import type { Endpoints, EndpointSlice, Pod, Service } from './informers.ts'
import { differences } from './merge-patch.ts'

/** Service → Endpoints and EndpointSlices: which pods answer for it. */
export function endpointsController(context: ControllerContext): Controller {
  const { client, informers } = context
  const services = informers.services()
  const pods = informers.pods()
  const endpoints = informers.of<Endpoints>(RESOURCES.endpoints)
  const slices = informers.of<EndpointSlice>(RESOURCES.endpointSlices)
  const byNamespace = ({ metadata }: KubernetesObject) => [metadata?.namespace ?? '']
  const servicesOf = new IndexBy(services, byNamespace)
  const podsOf = new IndexBy(pods, byNamespace)
  const slicesOf = new IndexBy(slices, (slice) => serviceKeysOf(slice))

  return {
    name: 'endpoints',
    concurrency: 2,
    sources: [
      changesOf(services, (service) => [keyOf(service)]),
      changesOf(pods, (pod) =>
        servicesOf
          .get(pod.metadata?.namespace ?? '')
          .flatMap((service) => (selects(service, pod) ? [keyOf(service)] : [])),
      ),
      // Endpoints without a service are somebody's own.
      changesOf(endpoints, (object) => (services.get(keyOf(object)) ? [keyOf(object)] : [])),
      changesOf(slices, (slice) => serviceKeysOf(slice)),
    ],
    reconcile: async (key) => {
      const service = services.get(key)
      if (service === undefined) return forget(key)
      if (!followsPods(service) || service.metadata?.deletionTimestamp) return
      const selected = podsOf
        .get(service.metadata?.namespace ?? '')
        .filter((pod) => selects(service, pod))
      const found = podEndpoints(service, selected)
      await writeEndpoints(key, endpointsOf(service, found))
      await writeSlices(key, endpointSlicesOf(service, found))
    },
  }

  /** Slices go with their owner; Endpoints have none. */
  async function forget(key: string): Promise<void> {
    const left = endpoints.get(key)
    if (left === undefined) return
    await remove(RESOURCES.endpoints, left)
  }

  async function writeEndpoints(key: string, wanted: Endpoints): Promise<void> {
    const { metadata, subsets } = wanted
    const body = { subsets: subsets && subsets.length > 0 ? subsets : undefined }
    await write(RESOURCES.endpoints, { wanted, before: endpoints.get(key), body, metadata })
  }

  async function writeSlices(key: string, wanted: readonly EndpointSlice[]): Promise<void> {
    const before = new Map(
      slicesOf.get(key).map((slice) => [slice.metadata?.name ?? '', slice]),
    )
    for (const slice of wanted) {
      const name = slice.metadata?.name ?? ''
      const body = { endpoints: slice.endpoints, ports: slice.ports }
      const old = before.get(name)
      before.delete(name)
      await write(RESOURCES.endpointSlices, {
        wanted: slice,
        before: old,
        body,
        metadata: slice.metadata,
      })
    }
    for (const slice of before.values()) await remove(RESOURCES.endpointSlices, slice)
  }

  async function write(
    resource: ResourceRef,
    options: {
      wanted: KubernetesObject
      before: KubernetesObject | undefined
      body: object
      metadata: KubernetesObject['metadata']
    },
  ): Promise<void> {
    const { wanted, before, body, metadata } = options
    if (before === undefined) {
      try {
        await client.create(resource, wanted)
      } catch (error) {
        // The cache has not seen it yet, or the namespace has begun to go.
        if (!failedWith(error, 409) && !failedWith(error, 403)) throw error
      }
      return
    }
    const labels = differences(before.metadata, { labels: metadata?.labels ?? {} })
    const changes = differences(before as object, body)
    if (changes === undefined && labels === undefined) return
    const { namespace, name, resourceVersion } = before.metadata ?? {}
    const patch = { metadata: { resourceVersion, ...labels }, ...changes }
    await unlessGone(client.patch(resource, { namespace, name }, patch))
  }

  async function remove(resource: ResourceRef, { metadata }: KubernetesObject): Promise<void> {
    const { namespace, name } = metadata ?? {}
    await unlessGone(client.delete(resource, { namespace, name }))
  }
}

function selects(service: Service, { metadata }: Pod): boolean {
  if (!followsPods(service)) return false
  const matchLabels = service.spec?.selector ?? {}
  return matchesLabels(requirementsOf({ matchLabels }), metadata?.labels)
}

function serviceKeysOf({ metadata }: EndpointSlice): string[] {
  const name = metadata?.labels?.[SERVICE_NAME]
  const ours = metadata?.labels?.[MANAGED_BY] === MANAGER
  return ours && name !== undefined ? [`${metadata?.namespace}/${name}`] : []
}
