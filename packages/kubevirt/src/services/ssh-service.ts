import type {
  IoK8sApiCoreV1Service as Service,
  IoK8sApiCoreV1ServicePort as ServicePort,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { VirtualMachine } from '../types.ts'

const SSH_PORT = 22
/** A Service's name is a label of DNS: at most 63 characters, beginning with a letter. */
const MAX_NAME = 63
const SUFFIX = '-ssh'

export type SshServiceType = 'NodePort' | 'LoadBalancer'

/** The Service that leads to a VM's port 22; it goes with the VM. */
export function sshService(
  { metadata, spec }: Pick<VirtualMachine, 'metadata' | 'spec'>,
  type: SshServiceType,
): Service {
  const { namespace = '', name = '', uid = '' } = metadata ?? {}
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: sshServiceName(name),
      namespace,
      ownerReferences: [{ apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name, uid }],
    },
    spec: {
      type,
      // virt-controller labels every launcher pod so, after the guest's host name.
      selector: { 'vm.kubevirt.io/name': spec.template?.spec?.hostname ?? name },
      ports: [{ name: 'ssh', protocol: 'TCP', port: SSH_PORT }],
    },
  }
}

function sshServiceName(virtualMachineName: string): string {
  const name = virtualMachineName.replaceAll('.', '-')
  const withLetter = /^[a-z]/.test(name) ? name : `vm-${name}`
  return withLetter.slice(0, MAX_NAME - SUFFIX.length).replace(/-+$/, '') + SUFFIX
}

/** The port of a Service that leads to the guest's SSH server. */
export const sshPortOf = ({ spec }: Service): ServicePort | undefined =>
  spec?.ports?.find(
    ({ port, targetPort, protocol = 'TCP' }) =>
      protocol === 'TCP' && Number(targetPort ?? port) === SSH_PORT,
  )

interface Node {
  status?: { addresses?: { type: string; address: string }[] }
}

/** Where others reach a node: what it shows outside, or inside of its network. */
export function nodeAddressOf({ status }: Node): string | undefined {
  const find = (wanted: string) =>
    status?.addresses?.find(({ type }) => type === wanted)?.address
  return find('ExternalIP') ?? find('InternalIP')
}

interface SshTarget {
  /** In the guest. */
  userName: string
  host: string
  port: number
}

export const sshCommand = ({ userName, host, port }: SshTarget): string =>
  port === SSH_PORT ? `ssh ${userName}@${host}` : `ssh -p ${port} ${userName}@${host}`

/** How the Service is reached from outside of the cluster; undefined while it is not. */
export function sshCommandThrough(
  service: Service,
  { userName, nodeAddress }: { userName: string; nodeAddress: string | undefined },
): string | undefined {
  const found = sshPortOf(service)
  if (!found) return undefined
  const [ingress] = service.status?.loadBalancer?.ingress ?? []
  const balancer = ingress?.ip ?? ingress?.hostname
  if (balancer) return sshCommand({ userName, host: balancer, port: found.port })
  if (!found.nodePort || !nodeAddress) return undefined
  return sshCommand({ userName, host: nodeAddress, port: found.nodePort })
}

/** Ways that need no Service, only the right to forward ports. */
export function sshWithoutService({
  namespace,
  name,
  userName,
}: {
  namespace: string
  name: string
  userName: string
}): { virtctl: string; portForward: string; ssh: string } {
  const localPort = 2222
  return {
    virtctl: `virtctl ssh ${userName}@vm/${name} --namespace=${namespace}`,
    portForward: `virtctl port-forward vm/${name} --namespace=${namespace} ${localPort}:${SSH_PORT}`,
    ssh: sshCommand({ userName, host: '127.0.0.1', port: localPort }),
  }
}
