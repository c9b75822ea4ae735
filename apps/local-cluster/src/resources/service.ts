import type {
  IoK8sApiCoreV1Endpoints as Endpoints,
  IoK8sApiCoreV1Service as Service,
  IoK8sApiCoreV1ServiceSpec as ServiceSpec,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { type KubernetesObject, statusErrors } from '@virtdeck/kubernetes'
import { AGE } from './columns.ts'
import { builtInKind, type KindRequest } from './define.ts'

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
  nameFormat: 'label',
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
  admit: ({ object }) => {
    const { spec, metadata } = object
    if (!spec?.ports?.length && spec?.clusterIP !== 'None' && spec?.type !== 'ExternalName') {
      throw statusErrors.invalid(service, metadata?.name ?? '', [
        { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.ports' },
      ])
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
  if (!spec.clusterIP) {
    const taken = new Set(otherServices(request).map((other) => other.spec?.clusterIP))
    do {
      spec.clusterIP = `10.96.${randomIn(0, 255)}.${randomIn(1, 254)}`
    } while (taken.has(spec.clusterIP))
  }
  spec.clusterIPs = [spec.clusterIP]
}

function allocateNodePorts(request: KindRequest<Service>, spec: ServiceSpec): void {
  const taken = new Set(
    otherServices(request).flatMap((other) =>
      (other.spec?.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []),
    ),
  )
  for (const [index, port] of (spec.ports ?? []).entries()) {
    if (port.nodePort && taken.has(port.nodePort)) {
      throw statusErrors.invalid(service, request.object.metadata?.name ?? '', [
        {
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${port.nodePort}: provided port is already allocated`,
          field: `spec.ports[${index}].nodePort`,
        },
      ])
    }
    while (!port.nodePort || taken.has(port.nodePort)) {
      port.nodePort = randomIn(NODE_PORTS.first, NODE_PORTS.last)
    }
    taken.add(port.nodePort)
  }
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
