import { createHash } from 'node:crypto'
import { ownerReferenceTo } from '@virtdeck/kubernetes'
import type { EndpointSlice, Service } from '../informers.ts'
import { byPorts, hostnameIn, targetRefOf, type PodEndpoint } from './addresses.ts'

export const SERVICE_NAME = 'kubernetes.io/service-name'
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'
export const MANAGER = 'endpointslice-controller.k8s.io'
const HEADLESS = 'service.kubernetes.io/headless'
const LARGEST = 100

/** The slices of a service; their names follow from its uid, so that none is made twice. */
export function endpointSlicesOf(
  service: Service,
  endpoints: readonly PodEndpoint[],
): EndpointSlice[] {
  const groups = byPorts(endpoints)
  const parts = groups.flatMap((group) => chunks(group))
  // A service without endpoints has one empty slice.
  return (parts.length > 0 ? parts : [[]]).map((part, index) => sliceOf(service, part, index))
}

function chunks(group: readonly PodEndpoint[]): PodEndpoint[][] {
  const count = Math.ceil(group.length / LARGEST)
  return Array.from({ length: count }, (_, index) =>
    group.slice(index * LARGEST, (index + 1) * LARGEST),
  )
}

function sliceOf(service: Service, part: readonly PodEndpoint[], index: number): EndpointSlice {
  const { name = '', namespace, uid = '', labels } = service.metadata ?? {}
  const headless = service.spec?.clusterIP === 'None'
  const suffix = createHash('sha256').update(`${uid}/${index}`).digest('hex').slice(0, 5)
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-${suffix}`,
      generateName: `${name}-`,
      ...(namespace && { namespace }),
      labels: {
        ...labels,
        [SERVICE_NAME]: name,
        [MANAGED_BY]: MANAGER,
        ...(headless && { [HEADLESS]: '' }),
      },
      ownerReferences: [ownerReferenceTo({ ...service, apiVersion: 'v1', kind: 'Service' })],
    },
    addressType: 'IPv4',
    endpoints: part.map(({ pod, address, ready, terminating }) => {
      const hostname = hostnameIn(service, pod)
      return {
        addresses: [address],
        conditions: { ready, serving: ready || terminating, terminating },
        ...(hostname && { hostname }),
        nodeName: pod.spec?.nodeName,
        targetRef: targetRefOf(pod),
      }
    }),
    ports: (part[0]?.ports ?? []).map((port) => ({ name: '', ...port })),
  } as EndpointSlice
}
