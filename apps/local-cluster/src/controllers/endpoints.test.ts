import { RESOURCES } from '@virtdeck/kubernetes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { endpointsController } from './endpoints.ts'
import type { Endpoints, EndpointSlice, Pod, Service } from './informers.ts'
import { FakeCluster } from './testing/fake-cluster.ts'

let cluster: FakeCluster

beforeEach(async () => {
  cluster = new FakeCluster()
  await cluster.run(endpointsController(cluster.context))
})
afterEach(() => cluster.stop())

const namespace = 'default'
const selector = { 'vmi.kubevirt.io/id': 'vm-a' }

function serviceOf(spec: Service['spec'], name = 'ssh'): Service {
  return { metadata: { namespace, name, labels: { app: 'x' } }, ...(spec && { spec }) }
}

function podOf(name: string, address: string, ready: boolean): Pod {
  const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }]
  return {
    metadata: { namespace, name, labels: { ...selector, 'kubevirt.io': 'virt-launcher' } },
    spec: {
      nodeName: 'node01',
      hostname: 'vm-a',
      subdomain: 'group',
      containers: [{ name: 'compute', ports: [{ name: 'web', containerPort: 8080 }] }],
    },
    status: { podIP: address, phase: 'Running', conditions },
  }
}

function endpoints(name = 'ssh'): Endpoints['subsets'] {
  const found: Endpoints | undefined = cluster.server.find(RESOURCES.endpoints, name, namespace)
  return found?.subsets
}
const slices = (): EndpointSlice[] =>
  cluster.server.list<EndpointSlice>(RESOURCES.endpointSlices)

test('a service that selects the pod of a VM leads to it, as `virtctl expose` makes it', async () => {
  const { client } = cluster.server
  const ports = [{ name: 'ssh', port: 2222, targetPort: 22 as unknown as string }]
  await client.create(
    RESOURCES.services,
    serviceOf({ selector, ports, clusterIP: '10.96.0.9' }),
  )
  await expect.poll(() => slices()).toHaveLength(1)
  await client.create(RESOURCES.pods, podOf('virt-launcher-vm-a', '10.1.0.2', false))
  await expect.poll(() => endpoints()?.[0]?.notReadyAddresses?.[0]?.ip).toBe('10.1.0.2')
  expect(endpoints()?.[0]?.addresses).toBeUndefined()

  const condition = { type: 'Ready', status: 'True' }
  const target = { namespace, name: 'virt-launcher-vm-a' }
  await client.patch(RESOURCES.pods, target, { status: { conditions: [condition] } })
  await expect
    .poll(() => endpoints()?.[0]?.addresses?.[0])
    .toMatchObject({
      ip: '10.1.0.2',
      nodeName: 'node01',
      targetRef: { kind: 'Pod', name: 'virt-launcher-vm-a' },
    })
  expect(endpoints()?.[0]?.ports).toEqual([{ name: 'ssh', port: 22, protocol: 'TCP' }])
  await expect
    .poll(() => slices()[0]?.endpoints?.[0]?.conditions)
    .toEqual({ ready: true, serving: true, terminating: false })
  expect(slices()[0]).toMatchObject({
    addressType: 'IPv4',
    metadata: {
      labels: {
        app: 'x',
        'kubernetes.io/service-name': 'ssh',
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
      ownerReferences: [{ kind: 'Service', name: 'ssh' }],
    },
    ports: [{ name: 'ssh', port: 22, protocol: 'TCP' }],
  })
  await client.delete(RESOURCES.services, { namespace, name: 'ssh' })
  await expect.poll(() => cluster.server.list(RESOURCES.endpoints)).toEqual([])
})

test('named ports are the container’s, and headless services name their pods', async () => {
  const { client } = cluster.server
  const ports = [{ port: 80, targetPort: 'web' }]
  await client.create(RESOURCES.pods, podOf('a', '10.1.0.3', true))
  const service = serviceOf({ selector, ports, clusterIP: 'None' }, 'group')
  await client.create(RESOURCES.services, service)
  await expect.poll(() => endpoints('group')?.[0]?.addresses?.[0]?.hostname).toBe('vm-a')
  expect(endpoints('group')?.[0]?.ports).toEqual([{ port: 8080, protocol: 'TCP' }])
  const object = cluster.server.find(RESOURCES.endpoints, 'group', namespace)
  expect(object?.metadata?.labels).toHaveProperty(['service.kubernetes.io/headless'], '')
})

test('endpoints that people write themselves are left alone', async () => {
  const { client } = cluster.server
  const mine = {
    metadata: { namespace, name: 'own' },
    subsets: [{ addresses: [{ ip: '1.2.3.4' }] }],
  }
  await client.create(RESOURCES.endpoints, mine)
  await client.create(RESOURCES.services, serviceOf({ ports: [{ port: 80 }] }, 'own'))
  // Another service's endpoints show that the controller has worked.
  await client.create(RESOURCES.services, serviceOf({ selector, ports: [{ port: 80 }] }))
  await expect
    .poll(() =>
      slices().map(({ metadata }) => metadata?.labels?.['kubernetes.io/service-name']),
    )
    .toEqual(['ssh'])
  expect(endpoints('own')?.[0]?.addresses?.[0]?.ip).toBe('1.2.3.4')
})
