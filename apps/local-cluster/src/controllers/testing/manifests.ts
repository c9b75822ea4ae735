import type { VirtualMachine } from '../informers.ts'

type Volumes = NonNullable<NonNullable<VirtualMachine['spec']['template']['spec']>['volumes']>

export interface VirtualMachineOptions {
  namespace: string
  name: string
  runStrategy?: string
  memory?: string
  volume?: Omit<Volumes[number], 'name'>
  dataVolumeTemplates?: VirtualMachine['spec']['dataVolumeTemplates']
}

/** A small VM with one disk. */
export function virtualMachineOf(options: VirtualMachineOptions): VirtualMachine {
  const { namespace, name, runStrategy = 'Halted', memory = '128Mi', volume } = options
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { namespace, name },
    spec: {
      runStrategy,
      ...(options.dataVolumeTemplates && { dataVolumeTemplates: options.dataVolumeTemplates }),
      template: {
        spec: {
          domain: {
            devices: {
              disks: [{ name: 'root', disk: { bus: 'virtio' } }],
              interfaces: [{ name: 'default', masquerade: {} }],
            },
            resources: { requests: { memory } },
          },
          networks: [{ name: 'default', pod: {} }],
          volumes: [{ name: 'root', ...(volume ?? { containerDisk: { image: 'image:1' } }) }],
        },
      },
    },
  }
}
