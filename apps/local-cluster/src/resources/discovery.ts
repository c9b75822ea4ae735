import type { IoK8sApiDiscoveryV1EndpointSlice as EndpointSlice } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { type StatusCause, statusErrors } from '@virtdeck/kubernetes'
import { AGE } from './columns.ts'
import { builtInKind } from './define.ts'

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6']
const SHOWN = 3

export const endpointSlice = builtInKind<EndpointSlice>({
  group: 'discovery.k8s.io',
  versions: ['v1'],
  kind: 'EndpointSlice',
  resource: 'endpointslices',
  component: 'io.k8s.api.discovery.v1.EndpointSlice',
  namespaced: true,
  hasGeneration: true,
  columns: [
    { name: 'AddressType', type: 'string', cell: ({ addressType }) => addressType },
    { name: 'Ports', type: 'string', cell: portList },
    { name: 'Endpoints', type: 'string', cell: addressList },
    AGE,
  ],
  prepare: ({ object }) => {
    for (const port of object.ports ?? []) {
      port.name ??= ''
      port.protocol ??= 'TCP'
    }
  },
  admit: ({ object, oldObject }) => {
    const { addressType, metadata } = object
    const causes: StatusCause[] = []
    if (!addressType) {
      causes.push({
        reason: 'FieldValueRequired',
        message: 'Required value',
        field: 'addressType',
      })
    } else if (!ADDRESS_TYPES.includes(addressType)) {
      const supported = ADDRESS_TYPES.map((type) => `"${type}"`).join(', ')
      causes.push({
        reason: 'FieldValueNotSupported',
        message: `Unsupported value: "${addressType}": supported values: ${supported}`,
        field: 'addressType',
      })
    }
    if (oldObject && oldObject.addressType !== addressType) {
      causes.push({
        reason: 'FieldValueInvalid',
        message: `Invalid value: "${addressType}": field is immutable`,
        field: 'addressType',
      })
    }
    if (causes.length > 0)
      throw statusErrors.invalid(endpointSlice, metadata?.name ?? '', causes)
  },
})

function portList({ ports = [] }: EndpointSlice): string {
  if (ports.length === 0) return '<unset>'
  return shortened(ports.map(({ port }) => String(port ?? '*')))
}

function addressList({ endpoints }: EndpointSlice): string {
  const addresses = (endpoints ?? []).flatMap((endpoint) => [...endpoint.addresses])
  return addresses.length === 0 ? '<unset>' : shortened(addresses)
}

function shortened(values: string[]): string {
  const more = values.length > SHOWN ? ` + ${values.length - SHOWN} more...` : ''
  return `${values.slice(0, SHOWN).join(',')}${more}`
}
