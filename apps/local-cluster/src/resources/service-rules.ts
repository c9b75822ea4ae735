import { isIP } from 'node:net'
import type {
  IoK8sApiCoreV1Service as Service,
  IoK8sApiCoreV1ServicePort as ServicePort,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { StatusCause } from '@virtdeck/kubernetes'
import { duplicate, forbidden, invalid, notSupported, required, when } from './field-errors.ts'
import { dnsLabelProblems, labelValueProblems, portNameProblems } from './names.ts'
import { isPort } from './pod-rules.ts'

const PORT_RANGE = 'must be between 1 and 65535, inclusive'
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

/** What is wrong with a Service, in the words of kubernetes `pkg/apis/core/validation`. */
export function serviceCauses({ spec }: Service, old?: Service): StatusCause[] {
  if (!spec) return [required('spec.ports')]
  const { ports = [], type = 'ClusterIP', clusterIP = '', externalName = '' } = spec
  const headless = clusterIP === 'None'
  const before = old?.spec?.clusterIP
  const fixed = !!before && old?.spec?.type !== 'ExternalName' && type !== 'ExternalName'
  return [
    ...when(ports.length === 0 && !headless && type !== 'ExternalName', () =>
      required('spec.ports'),
    ),
    ...when(type === 'LoadBalancer' && headless, () =>
      invalid(
        'spec.clusterIPs[0]',
        'None',
        "may not be set to 'None' for LoadBalancer services",
      ),
    ),
    ...when(type === 'NodePort' && headless, () =>
      invalid('spec.clusterIPs[0]', 'None', "may not be set to 'None' for NodePort services"),
    ),
    ...when(type === 'ExternalName' && clusterIP !== '' && !headless, () =>
      forbidden('spec.clusterIPs', "may not be set when `type` is 'ExternalName'"),
    ),
    ...when(type === 'ExternalName' && externalName === '', () =>
      required('spec.externalName'),
    ),
    ...ports.flatMap((port, index) => portCauses(ports, port, { index, type })),
    ...Object.values(spec.selector ?? {}).flatMap((value) =>
      labelValueProblems(value).map((problem) => invalid('spec.selector', value, problem)),
    ),
    ...when(clusterIP !== '' && !headless && isIP(clusterIP) === 0, () =>
      invalid(
        'spec.clusterIPs[0]',
        clusterIP,
        'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ),
    ),
    ...when(fixed && before !== clusterIP, () => ({
      reason: 'FieldValueInvalid',
      message: `Invalid value: []string{"${clusterIP}"}: may not change once set`,
      field: 'spec.clusterIPs[0]',
    })),
  ]
}

function portCauses(
  ports: readonly ServicePort[],
  port: ServicePort,
  { index, type }: { index: number; type: string },
): StatusCause[] {
  const { name = '', port: number, nodePort, protocol = 'TCP' } = port
  const at = `spec.ports[${index}]`
  const firstName = ports.findIndex((other) => other.name === name)
  const firstPort = ports.findIndex(
    (other) => other.port === number && (other.protocol ?? 'TCP') === protocol,
  )
  // IntOrString: the published type says string.
  const target = port.targetPort as string | number | undefined
  return [
    ...when(name === '' && ports.length > 1, () => required(`${at}.name`)),
    ...(name ? dnsLabelProblems(name).map((rule) => invalid(`${at}.name`, name, rule)) : []),
    ...when(name !== '' && firstName < index, () => duplicate(`${at}.name`, name)),
    ...when(!isPort(number), () => invalid(`${at}.port`, number ?? 0, PORT_RANGE)),
    ...when(!PROTOCOLS.includes(protocol), () =>
      notSupported(`${at}.protocol`, protocol, PROTOCOLS),
    ),
    ...when(typeof target === 'number' && !isPort(target), () =>
      invalid(`${at}.targetPort`, target, PORT_RANGE),
    ),
    ...(typeof target === 'string'
      ? portNameProblems(target).map((rule) => invalid(`${at}.targetPort`, target, rule))
      : []),
    ...when(!!nodePort && (type === 'ClusterIP' || type === 'ExternalName'), () =>
      forbidden(`${at}.nodePort`, `may not be used when \`type\` is '${type}'`),
    ),
    ...when(firstPort < index && isPort(number), () => ({
      reason: 'FieldValueDuplicate',
      message: `Duplicate value: core.ServicePort{Name:"", Protocol:"${protocol}", AppProtocol:(*string)(nil), Port:${number}, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}`,
      field: at,
    })),
  ]
}
