import type { KubernetesClient, KubernetesObject } from '@virtdeck/kubernetes'
import { RESOURCES } from '@virtdeck/kubernetes'
import { expect } from '@playwright/test'

/** The container disk that every local cluster has. */
export const SAMPLE_IMAGE = 'localhost/virtdeck/tiny-linux:latest'

interface VirtualMachineOptions {
  name: string
  namespace: string
  runStrategy?: 'Always' | 'Halted' | 'Manual' | 'RerunOnFailure'
  image?: string
  /** What the root disk is made of, in place of the image. */
  rootVolume?: object
}

/** A small virtual machine that boots the sample guest. */
export function virtualMachine(options: VirtualMachineOptions): KubernetesObject {
  const { name, namespace, runStrategy = 'Halted', image = SAMPLE_IMAGE } = options
  const { rootVolume = { containerDisk: { image } } } = options
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name, namespace },
    spec: {
      runStrategy,
      template: {
        spec: {
          terminationGracePeriodSeconds: 20,
          domain: {
            devices: {
              disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
              interfaces: [{ name: 'default', masquerade: {} }],
            },
            memory: { guest: '128Mi' },
          },
          networks: [{ name: 'default', pod: {} }],
          volumes: [{ name: 'rootdisk', ...rootVolume }],
        },
      },
    },
  }
}

/** One that boots from a disk that it may write to. */
export const virtualMachineOnClaim = (
  options: VirtualMachineOptions,
  claimName: string,
): KubernetesObject =>
  virtualMachine({ ...options, rootVolume: { persistentVolumeClaim: { claimName } } })

/** Creates a virtual machine and waits until it runs. */
export async function runVirtualMachine(
  cluster: KubernetesClient,
  options: Omit<VirtualMachineOptions, 'runStrategy'>,
): Promise<void> {
  await cluster.create(
    RESOURCES.virtualMachines,
    virtualMachine({ ...options, runStrategy: 'Always' }),
  )
  await expectStatus(cluster, options, 'Running')
}

/** Waits for a virtual machine's printableStatus. */
export async function expectStatus(
  cluster: KubernetesClient,
  target: { namespace: string; name: string },
  status: string,
): Promise<void> {
  const { namespace, name } = target
  const poll = expect.poll(
    async () => {
      const found = await cluster.get(RESOURCES.virtualMachines, { namespace, name })
      return (found.status as { printableStatus?: string } | undefined)?.printableStatus
    },
    { message: `printableStatus of ${namespace}/${name}`, timeout: 90_000 },
  )
  await poll.toBe(status)
}
