import { claimNameOf } from '@virtdeck/kubevirt'
import type { Pod, VirtualMachineInstance } from '../informers.ts'

type Volumes = NonNullable<NonNullable<Pod['spec']>['volumes']>

const SHARED = [
  'private',
  'public',
  'sockets',
  'virt-bin-share-dir',
  'libvirt-runtime',
  'ephemeral-disks',
  'container-disks',
  'hotplug-disks',
]

/** Claims, secrets and config maps of the instance, so that the scheduler and claims know. */
export function launcherVolumes({ spec }: VirtualMachineInstance): Volumes {
  const own = (spec.volumes ?? []).flatMap((volume): Volumes => {
    const { name, secret, configMap } = volume
    const claimName = claimNameOf(volume)
    if (claimName !== undefined) return [{ name, persistentVolumeClaim: { claimName } }]
    if (secret?.secretName) return [{ name, secret: { secretName: secret.secretName } }]
    if (configMap?.name) return [{ name, configMap: { name: configMap.name } }]
    return []
  })
  return [...SHARED.map((name) => ({ name, emptyDir: {} })), ...own]
}

/** Where `compute` sees the claims. Whether one is a block device is the node's business. */
export function claimMounts({ spec }: VirtualMachineInstance) {
  const names = (spec.volumes ?? [])
    .filter((volume) => claimNameOf(volume) !== undefined)
    .map(({ name }) => name)
  const mounts = names.map((name) => ({
    name,
    mountPath: `/var/run/kubevirt-private/vmi-disks/${name}`,
  }))
  return { mounts, devices: [] as { name: string; devicePath: string }[] }
}
