import { isIP } from 'node:net'
import type {
  IoK8sApiCoreV1Endpoints as Endpoints,
  IoK8sApiCoreV1Service as Service,
  IoK8sApiCoreV1ServiceSpec as ServiceSpec,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { type KubernetesObject, statusErrors } from '@virtdeck/kubernetes'
import { AGE } from './columns.ts'
import { builtInKind, type KindRequest } from './define.ts'
import { invalid } from './field-errors.ts'
import { serviceCauses } from './service-rules.ts'

const NODE_PORTS = { first: 30_000, last: 32_767 }

export const service = builtInKind<Service>({
  group: '',
  versions: ['v1'],
  kind: 'Service',
  resource: 'services',
  component: 'io.k8s.api.core.v1.Service',
  shortNames: ['svc'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  nameFormat: 'label1035',
  columns: [
    {
      name: 'Type',
      type: 'string',
      description:
        'type determines how the Service is exposed. Defaults to ClusterIP. Valid options are ExternalName, ClusterIP, NodePort, and LoadBalancer.',
      cell: ({ spec }) => spec?.type,
    },
    {
      name: 'Cluster-IP',
      type: 'string',
      description:
        'clusterIP is the IP address of the service and is usually assigned randomly.',
      cell: ({ spec }) => spec?.clusterIP || '<none>',
    },
    {
      name: 'External-IP',
      type: 'string',
      description:
        'externalIPs is a list of IP addresses for which nodes in the cluster will also accept traffic for this service.',
      cell: externalAddresses,
    },
    {
      name: 'Port(s)',
      type: 'string',
      description: 'The list of ports that are exposed by this service.',
      cell: ({ spec }) =>
        spec?.ports
          ?.map(({ port, nodePort, protocol = 'TCP' }) =>
            nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
          )
          .join(',') || '<none>',
    },
    AGE,
    {
      name: 'Selector',
      type: 'string',
      priority: 1,
      description:
        'Route service traffic to pods with label keys and values matching this selector.',
      cell: ({ spec }) =>
        Object.entries(spec?.selector ?? {})
          .map(([key, value]) => `${key}=${value}`)
          .join(',') || '<none>',
    },
  ],
  selectableFields: {
    'spec.clusterIP': ({ spec }) => spec?.clusterIP ?? '',
    'spec.type': ({ spec }) => spec?.type ?? '',
  },
  prepare: (request) => {
    if (request.subresource) return
    const { object, oldObject } = request
    const spec = (object.spec ??= {})
    spec.type ??= 'ClusterIP'
    spec.sessionAffinity ??= 'None'
    if (oldObject?.spec?.clusterIP && !spec.clusterIP && spec.type !== 'ExternalName') {
      spec.clusterIP = oldObject.spec.clusterIP
    }
    for (const [index, port] of (spec.ports ?? []).entries()) {
      port.protocol ??= 'TCP'
      port.targetPort ??= port.port as unknown as string
      const before = oldObject?.spec?.ports?.[index]
      if (before?.nodePort && before.port === port.port) port.nodePort ??= before.nodePort
    }
    if (spec.type === 'ExternalName') return
    allocateClusterAddress(request, spec)
    if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') {
      spec.externalTrafficPolicy ??= 'Cluster'
      allocateNodePorts(request, spec)
    }
    spec.ipFamilies ??= ['IPv4']
    spec.ipFamilyPolicy ??= 'SingleStack'
    spec.internalTrafficPolicy ??= 'Cluster'
    object.status ??= { loadBalancer: {} }
  },
  admit: ({ object, oldObject }) => {
    const causes = serviceCauses(object, oldObject)
    if (causes.length > 0) {
      throw statusErrors.invalid(service, object.metadata?.name ?? '', causes)
    }
  },
})

export const endpoints = builtInKind<Endpoints>({
  group: '',
  versions: ['v1'],
  kind: 'Endpoints',
  resource: 'endpoints',
  component: 'io.k8s.api.core.v1.Endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  namespaced: true,
  columns: [
    {
      name: 'Endpoints',
      type: 'string',
      description:
        'The set of all endpoints is the union of all subsets. Addresses are placed into subsets according to the IPs they share.',
      cell: endpointList,
    },
    AGE,
  ],
})

function externalAddresses({ spec, status }: Service): string {
  if (spec?.type === 'ExternalName') return spec.externalName ?? '<none>'
  if (spec?.type === 'LoadBalancer') {
    const ingress = status?.loadBalancer?.ingress?.map(({ ip, hostname }) => ip ?? hostname)
    return [...(ingress ?? []), ...(spec.externalIPs ?? [])].join(',') || '<pending>'
  }
  return spec?.externalIPs?.join(',') || '<none>'
}

function endpointList({ subsets }: Endpoints): string {
  const all = (subsets ?? []).flatMap(({ addresses = [], ports = [] }) =>
    addresses.flatMap(({ ip }) => ports.map(({ port }) => `${ip}:${port}`)),
  )
  if (all.length === 0) return '<none>'
  const more = all.length > 3 ? ` + ${all.length - 3} more...` : ''
  return `${all.slice(0, 3).join(',')}${more}`
}

function allocateClusterAddress(request: KindRequest<Service>, spec: ServiceSpec): void {
  const taken = new Set(otherServices(request).map((other) => other.spec?.clusterIP))
  if (spec.clusterIP && spec.clusterIP !== 'None' && request.operation === 'create') {
    refuseAddress(request, spec.clusterIP, taken)
  }
  if (!spec.clusterIP) {
    do {
      spec.clusterIP = `10.96.${randomIn(0, 255)}.${randomIn(1, 254)}`
    } while (taken.has(spec.clusterIP))
  }
  spec.clusterIPs = [spec.clusterIP]
}

function refuseAddress(
  request: KindRequest<Service>,
  address: string,
  taken: ReadonlySet<string | undefined>,
): void {
  // What is no address at all is told by the rules.
  if (isIP(address) === 0) return
  const problem = !address.startsWith('10.96.')
    ? `failed to allocate IP ${address}: the provided IP (${address}) is not in the valid range. The range of valid IPs is 10.96.0.0/16`
    : taken.has(address)
      ? `failed to allocate IP ${address}: provided IP is already allocated`
      : undefined
  if (problem === undefined) return
  throw statusErrors.invalid(service, request.object.metadata?.name ?? '', [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: []string{"${address}"}: ${problem}`,
      field: 'spec.clusterIPs',
    },
  ])
}

function allocateNodePorts(request: KindRequest<Service>, spec: ServiceSpec): void {
  const taken = new Set(
    otherServices(request).flatMap((other) =>
      (other.spec?.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []),
    ),
  )
  for (const [index, port] of (spec.ports ?? []).entries()) {
    const problem =
      port.nodePort === undefined ? undefined : nodePortProblem(port.nodePort, taken)
    if (problem !== undefined) {
      throw statusErrors.invalid(service, request.object.metadata?.name ?? '', [
        invalid(`spec.ports[${index}].nodePort`, port.nodePort, problem),
      ])
    }
    while (!port.nodePort || taken.has(port.nodePort)) {
      port.nodePort = randomIn(NODE_PORTS.first, NODE_PORTS.last)
    }
    taken.add(port.nodePort)
  }
}

function nodePortProblem(port: number, taken: ReadonlySet<number>): string | undefined {
  const { first, last } = NODE_PORTS
  if (port !== 0 && (port < first || port > last)) {
    return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`
  }
  return taken.has(port) ? 'provided port is already allocated' : undefined
}

function otherServices({ object, lookupAll }: KindRequest<Service>): Service[] {
  const self = object.metadata
  const all: KubernetesObject[] = [...(lookupAll?.('services', undefined) ?? [])]
  return (all as Service[]).filter(
    ({ metadata }) => metadata?.name !== self?.name || metadata?.namespace !== self?.namespace,
  )
}

function randomIn(first: number, last: number): number {
  return first + Math.floor(Math.random() * (last - first + 1))
}
