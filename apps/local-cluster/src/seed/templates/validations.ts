import type { TemplateSystem } from './operating-systems.ts'

const MEBIBYTE = 1024 ** 2

/**
 * The rules that a VM of the template keeps, in the words of KubeVirt's common templates; they
 * travel in the annotation `vm.kubevirt.io/validations`.
 */
export function validationsOf({ family, minimumMemory }: TemplateSystem): string {
  const isWindows = family === 'windows'
  const buses = isWindows ? ['sata', 'virtio', 'scsi'] : ['virtio', 'sata', 'scsi']
  const models = isWindows ? ['e1000e', 'virtio'] : ['virtio', 'e1000e', 'e1000']
  return JSON.stringify([
    {
      name: 'minimal-required-memory',
      path: 'jsonpath::.spec.domain.memory.guest',
      rule: 'integer',
      message: `This VM requires more memory: at least ${minimumMemory} MiB.`,
      min: minimumMemory * MEBIBYTE,
    },
    {
      name: 'disk-bus',
      path: 'jsonpath::.spec.domain.devices.disks[*].disk.bus',
      valid: 'jsonpath::.spec.domain.devices.disks[*].disk.bus',
      rule: 'enum',
      message: `The disk bus has to be one of ${buses.join(', ')}.`,
      values: buses,
    },
    {
      name: 'recommended-disk-bus',
      path: 'jsonpath::.spec.domain.devices.disks[*].disk.bus',
      valid: 'jsonpath::.spec.domain.devices.disks[*].disk.bus',
      rule: 'enum',
      message: 'The virtio disk bus has better performance; install the VirtIO drivers.',
      values: ['virtio'],
      justWarning: true,
    },
    {
      name: 'interface-model',
      path: 'jsonpath::.spec.domain.devices.interfaces[*].model',
      valid: 'jsonpath::.spec.domain.devices.interfaces[*].model',
      rule: 'enum',
      message: `The model of a network interface has to be one of ${models.join(', ')}.`,
      values: models,
    },
  ])
}
