import type { KubernetesObject } from '@virtdeck/kubernetes'
import { expect, test } from 'vitest'
import { instancetypeGroups, preferenceGroups } from './instancetype-groups.ts'

const instancetype = (
  name: string,
  [cpus, memory]: readonly [number, string],
  series?: string,
): KubernetesObject => ({
  kind: 'VirtualMachineClusterInstancetype',
  metadata: {
    name,
    ...(series && {
      annotations: { 'instancetype.kubevirt.io/displayName': series },
      labels: {
        'instancetype.kubevirt.io/class': series.toLowerCase().replace(' ', '.'),
      },
    }),
  },
  spec: { cpu: { guest: cpus }, memory: { guest: memory } },
})

test('F-10 instance types stand by series, the smallest first, the own ones before', () => {
  const groups = instancetypeGroups({
    own: [instancetype('mine', [1, '1Gi'])],
    cluster: [
      instancetype('cx1.medium', [1, '2Gi'], 'Compute Exclusive'),
      instancetype('u1.large', [2, '8Gi'], 'General Purpose'),
      instancetype('u1.micro', [1, '1Gi'], 'General Purpose'),
      instancetype('u1.nano', [1, '512Mi'], 'General Purpose'),
      instancetype('house', [4, '4Gi']),
    ],
    titles: { own: 'Project', cluster: 'Cluster' },
    label: ({ metadata }) => metadata?.name ?? '',
  })
  expect(
    groups.map(({ label, choices }) => [label, choices.map((choice) => choice.label)]),
  ).toEqual([
    ['Project', ['mine']],
    ['General Purpose', ['u1.nano', 'u1.micro', 'u1.large']],
    ['Compute Exclusive', ['cx1.medium']],
    ['Cluster', ['house']],
  ])
})

test('F-10 preferences stand by family and are found by their titles', () => {
  const preference = (name: string, family?: string): KubernetesObject => ({
    kind: 'VirtualMachineClusterPreference',
    metadata: {
      name,
      annotations: { 'openshift.io/display-name': `The ${name}` },
      ...(family && { labels: { 'instancetype.kubevirt.io/os-type': family } }),
    },
  })
  const titles = { own: 'Project', linux: 'Linux', windows: 'Windows', cluster: 'Cluster' }
  expect(
    preferenceGroups({
      own: [],
      cluster: [preference('windows.11', 'windows'), preference('fedora', 'linux')],
      titles,
    }),
  ).toEqual([
    {
      label: 'Linux',
      choices: [
        {
          value: 'VirtualMachineClusterPreference/fedora',
          label: 'fedora',
          description: 'The fedora',
        },
      ],
    },
    { label: 'Windows', choices: [expect.objectContaining({ label: 'windows.11' })] },
  ])
})
