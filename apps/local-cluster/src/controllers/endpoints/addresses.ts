import type { Pod, Service } from '../informers.ts'

type ServicePort = NonNullable<NonNullable<Service['spec']>['ports']>[number]

export interface ResolvedPort {
  name?: string
  port: number
  protocol: string
}

/** A pod as an endpoint of a service. */
export interface PodEndpoint {
  pod: Pod
  address: string
  ready: boolean
  terminating: boolean
  ports: ResolvedPort[]
}

/** Whether the endpoints of a service follow pods; others are written by hand. */
export function followsPods({ spec }: Service): boolean {
  return spec?.type !== 'ExternalName' && Object.keys(spec?.selector ?? {}).length > 0
}

/** The endpoints that pods make, in the order of their addresses. */
export function podEndpoints(service: Service, pods: readonly Pod[]): PodEndpoint[] {
  const all = pods.flatMap((pod) => endpointOf(service, pod) ?? [])
  return all.toSorted((a, b) => a.address.localeCompare(b.address))
}

function endpointOf({ spec }: Service, pod: Pod): PodEndpoint | undefined {
  const { podIP: address, phase, conditions = [] } = pod.status ?? {}
  if (!address || phase === 'Succeeded' || phase === 'Failed') return undefined
  const ports = (spec?.ports ?? []).flatMap((port) => resolve(port, pod) ?? [])
  if (ports.length === 0 && (spec?.ports ?? []).length > 0) return undefined
  const isReady = conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  const terminating = pod.metadata?.deletionTimestamp !== undefined
  const ready = spec?.publishNotReadyAddresses === true || (isReady && !terminating)
  return { pod, address, ready, terminating, ports }
}

/** A port by number as it stands; one by name as the pod's containers call it. */
function resolve({ name, port, protocol, targetPort }: ServicePort, pod: Pod) {
  const number = Number(targetPort ?? port)
  const found = Number.isInteger(number) ? number : namedPort(String(targetPort), pod)
  if (found === undefined) return undefined
  return { ...(name && { name }), port: found, protocol: protocol ?? 'TCP' }
}

function namedPort(name: string, { spec }: Pod): number | undefined {
  for (const { ports = [] } of spec?.containers ?? []) {
    const port = ports.find((candidate) => candidate.name === name)
    if (port) return port.containerPort
  }
  return undefined
}

/** Endpoints whose pods answer on the same ports belong together. */
export function byPorts(endpoints: readonly PodEndpoint[]): PodEndpoint[][] {
  const groups = new Map<string, PodEndpoint[]>()
  for (const endpoint of endpoints) {
    const key = JSON.stringify(endpoint.ports)
    groups.set(key, [...(groups.get(key) ?? []), endpoint])
  }
  return [...groups.values()]
}

export function targetRefOf({ metadata = {} }: Pod) {
  const { name, namespace, uid } = metadata
  return { kind: 'Pod', namespace, name, uid }
}

/** The name that DNS gives the pod below a headless service. */
export function hostnameIn(service: Service, { spec }: Pod): string | undefined {
  const { hostname, subdomain } = spec ?? {}
  return hostname && subdomain === service.metadata?.name ? hostname : undefined
}
