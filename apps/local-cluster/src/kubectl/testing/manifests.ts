import { NAMESPACE } from './kubectl-cluster.ts'

interface MachineOptions {
  bus?: string
  memory?: string
  runStrategy?: 'Halted' | 'Always'
  evictionStrategy?: string
  /** More lines of the spec. */
  extra?: string
}

/** A VM as somebody would write it, in YAML. */
export function machine(name: string, options: MachineOptions = {}): string {
  const { bus = 'virtio', memory = '128Mi', runStrategy = 'Halted', extra = '' } = options
  const { evictionStrategy = 'None' } = options
  return `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: ${name}
  namespace: ${NAMESPACE}
  labels: {app: ${name}}
spec:
  ${extra}
  runStrategy: ${runStrategy}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      evictionStrategy: ${evictionStrategy}
      terminationGracePeriodSeconds: 0
      domain:
        devices:
          disks: [{name: rootdisk, disk: {bus: ${bus}}}]
          interfaces: [{name: default, masquerade: {}}]
        resources: {requests: {memory: ${memory}}}
      networks: [{name: default, pod: {}}]
      volumes: [{name: rootdisk, containerDisk: {image: localhost/virtdeck/tiny-linux:latest}}]
`
}

export function configMap(name: string, data: Record<string, string> = {}, more = ''): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${NAMESPACE}
  labels: {tier: ${name.split('-')[0]}}
${more}data: ${JSON.stringify(data)}
`
}
