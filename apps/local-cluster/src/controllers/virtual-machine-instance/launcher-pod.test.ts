import { expect, test } from 'vitest'
import type { VirtualMachineInstance } from '../informers.ts'
import { launcherPod } from './launcher-pod.ts'

function instanceOf(
  spec: Partial<VirtualMachineInstance['spec']> = {},
): VirtualMachineInstance {
  return {
    metadata: {
      namespace: 'n',
      name: 'vm-a',
      uid: 'ed91d159-f159-4dec-a284-5bd050db4417',
      labels: { 'kubevirt.io/vm': 'vm-a' },
      annotations: { 'kubevirt.io/vm-generation': '2' },
    },
    spec: {
      domain: {
        cpu: { cores: 1, sockets: 1, threads: 1 },
        devices: { interfaces: [{ name: 'default', masquerade: {} }] },
        resources: { requests: { memory: '128Mi' } },
      },
      networks: [{ name: 'default', pod: {} }],
      volumes: [{ name: 'rootdisk', containerDisk: { image: 'quay.io/disk' } }],
      ...spec,
    },
  }
}

test('carries the names by which tools find it', () => {
  const { metadata, spec } = launcherPod(instanceOf())
  expect(metadata?.name).toMatch(/^virt-launcher-vm-a-[a-z0-9]{5}$/)
  expect(metadata?.name).toBe(launcherPod(instanceOf()).metadata?.name)
  expect(metadata?.labels).toEqual({
    'kubevirt.io': 'virt-launcher',
    'kubevirt.io/created-by': 'ed91d159-f159-4dec-a284-5bd050db4417',
    'kubevirt.io/vm': 'vm-a',
    'vm.kubevirt.io/name': 'vm-a',
    'vmi.kubevirt.io/id': 'vm-a',
  })
  expect(metadata?.annotations).toMatchObject({
    'kubectl.kubernetes.io/default-container': 'compute',
    'kubevirt.io/domain': 'vm-a',
    'kubevirt.io/vm-generation': '2',
  })
  expect(metadata?.ownerReferences?.[0]).toMatchObject({
    kind: 'VirtualMachineInstance',
    controller: true,
    blockOwnerDeletion: true,
  })
  expect(spec?.containers.map(({ name }) => name)).toEqual([
    'compute',
    'guest-console-log',
    'volumerootdisk',
  ])
  expect(spec?.initContainers?.map(({ name }) => name)).toEqual([
    'container-disk-binary',
    'volumerootdisk-init',
  ])
  expect(spec).toMatchObject({
    nodeSelector: { 'kubevirt.io/schedulable': 'true' },
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 60,
    readinessGates: [{ conditionType: 'kubevirt.io/virtual-machine-unpaused' }],
  })
})

test('asks for the memory of the guest and of everything around it', () => {
  const [compute] = launcherPod(instanceOf()).spec?.containers ?? []
  expect(compute?.resources).toEqual({
    limits: { 'devices.kubevirt.io/tun': '1' },
    requests: {
      cpu: '100m',
      'devices.kubevirt.io/tun': '1',
      'ephemeral-storage': '50M',
      memory: '405760Ki',
    },
  })
})

test('mounts claims and names networks of Multus', () => {
  const { metadata, spec } = launcherPod(
    instanceOf({
      networks: [
        { name: 'default', pod: {} },
        { name: 'nic1', multus: { networkName: 'other/br' } },
      ],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'disk-a' } }],
    }),
  )
  expect(spec?.volumes).toContainEqual({
    name: 'data',
    persistentVolumeClaim: { claimName: 'disk-a' },
  })
  const networks: unknown = JSON.parse(
    metadata?.annotations?.['k8s.v1.cni.cncf.io/networks'] ?? '[]',
  )
  expect(networks).toEqual([
    { name: 'br', namespace: 'other', interface: expect.stringMatching(/^pod[0-9a-f]{11}$/) },
  ])
})
