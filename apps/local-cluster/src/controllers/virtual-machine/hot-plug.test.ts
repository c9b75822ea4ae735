import { describe, expect, test } from 'vitest'
import type { VirtualMachineInstance } from '../informers.ts'
import { hotPlugged } from './hot-plug.ts'

type Spec = VirtualMachineInstance['spec']

const claim = (name: string, hotpluggable = true) => ({
  name,
  persistentVolumeClaim: { claimName: name, ...(hotpluggable && { hotpluggable }) },
})
const spec = (names: string[], drives: string[] = []): Spec => ({
  volumes: names.map((name) => claim(name, name !== 'root')),
  domain: {
    devices: {
      disks: [
        ...names
          .filter((name) => !drives.includes(name))
          .map((name) => ({ name, disk: { bus: 'scsi' } })),
        ...drives.map((name) => ({ name, cdrom: { bus: 'sata' } })),
      ],
    },
  },
})
const instance = (of: Spec, ephemeral?: string): VirtualMachineInstance => ({
  metadata: {
    ...(ephemeral && {
      annotations: { 'kubevirt.io/ephemeral-hotplug-volumes': ephemeral },
    }),
  },
  spec: of,
})
const names = ({ volumes, domain }: Partial<Spec>) => [
  volumes?.map(({ name }) => name),
  domain?.devices.disks?.map(({ name }) => name),
]

describe('what was plugged into a template', () => {
  test.each<[string, VirtualMachineInstance, Spec, unknown]>([
    ['is there', instance(spec(['root', 'a'])), spec(['root', 'a']), [undefined, undefined]],
    [
      'is new',
      instance(spec(['root'])),
      spec(['root', 'a']),
      [
        ['root', 'a'],
        ['root', 'a'],
      ],
    ],
    ['was taken out', instance(spec(['root', 'a'])), spec(['root']), [['root'], ['root']]],
    [
      'is none of its business',
      instance(spec(['root', 'mine']), 'mine'),
      spec(['root']),
      [undefined, undefined],
    ],
    [
      'is a medium for a drive',
      instance(spec(['root'], ['cd'])),
      spec(['root', 'cd'], ['cd']),
      [
        ['root', 'cd'],
        ['root', 'cd'],
      ],
    ],
    [
      'is a medium that was taken out of its drive',
      instance(spec(['root', 'cd'], ['cd'])),
      spec(['root'], ['cd']),
      [['root'], ['root', 'cd']],
    ],
    [
      'is a drive with its medium: that waits for a restart',
      instance(spec(['root'])),
      spec(['root', 'cd'], ['cd']),
      [undefined, undefined],
    ],
    [
      'is a drive that goes: its medium goes at once',
      instance(spec(['root', 'cd'], ['cd'])),
      spec(['root']),
      [['root'], ['root', 'cd']],
    ],
    [
      'without being marked as such waits for a restart',
      instance(spec([])),
      spec(['root']),
      [undefined, undefined],
    ],
  ])('%s', (_title, running, template, expected) => {
    expect(names(hotPlugged(running, template))).toEqual(expected)
  })
})
