import type { Endpoints, Service } from '../informers.ts'
import { byPorts, hostnameIn, targetRefOf, type PodEndpoint } from './addresses.ts'

const HEADLESS = 'service.kubernetes.io/headless'

/** The Endpoints of a service: ready and other addresses by the ports that they share. */
export function endpointsOf(service: Service, endpoints: readonly PodEndpoint[]): Endpoints {
  const { name, namespace, labels } = service.metadata ?? {}
  const headless = service.spec?.clusterIP === 'None'
  const subsets = byPorts(endpoints.filter(({ ready, terminating }) => ready || !terminating))
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      ...(name && { name }),
      ...(namespace && { namespace }),
      labels: { ...labels, ...(headless && { [HEADLESS]: '' }) },
    },
    subsets: subsets.map((members) => subset(service, members)),
  } as Endpoints
}

function subset(service: Service, members: readonly PodEndpoint[]) {
  const addressesOf = (wanted: boolean) =>
    members
      .filter(({ ready }) => ready === wanted)
      .map(({ pod, address }) => {
        const hostname = hostnameIn(service, pod)
        return {
          ip: address,
          ...(hostname && { hostname }),
          nodeName: pod.spec?.nodeName,
          targetRef: targetRefOf(pod),
        }
      })
  const [addresses, notReadyAddresses] = [addressesOf(true), addressesOf(false)]
  return {
    ...(addresses.length > 0 && { addresses }),
    ...(notReadyAddresses.length > 0 && { notReadyAddresses }),
    ports: members[0]?.ports ?? [],
  }
}
