import type {
  IoK8sApiCoreV1Endpoints as Endpoints,
  IoK8sApiCoreV1Service as Service,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'

/** A port of the machine that leads to a Service. */
export interface NodePort {
  nodePort: number
  /** `namespace/name` of the Service, and of its Endpoints. */
  service: string
  /** Which of its ports; without a name it is the only one. */
  portName: string | undefined
  /** The same guest answers all connections. */
  sticky: boolean
}

export interface Target {
  address: string
  port: number
}

/** The TCP ports that Services ask nodes to listen on. */
export function nodePortsOf({ metadata, spec }: Service): NodePort[] {
  return (spec?.ports ?? []).flatMap(({ nodePort, protocol = 'TCP', name }) =>
    nodePort === undefined || protocol !== 'TCP'
      ? []
      : [
          {
            nodePort,
            service: `${metadata?.namespace}/${metadata?.name}`,
            portName: name,
            sticky: spec?.sessionAffinity === 'ClientIP',
          },
        ],
  )
}

/** Where connections to one of a Service's ports may go. */
export function targetsOf(endpoints: Endpoints | undefined, portName?: string): Target[] {
  return (endpoints?.subsets ?? []).flatMap(({ addresses = [], ports = [] }) => {
    const found = ports.find(
      ({ name, protocol = 'TCP' }) => (name ?? '') === (portName ?? '') && protocol === 'TCP',
    )
    return found ? addresses.map(({ ip }) => ({ address: ip, port: found.port })) : []
  })
}
