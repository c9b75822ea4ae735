import { expect, test } from 'vitest'
import type { VirtualMachine } from '../types.ts'
import { selectsVirtualMachine } from './selects-virtual-machine.ts'
import {
  nodeAddressOf,
  sshCommandThrough,
  sshPortOf,
  sshService,
  sshWithoutService,
} from './ssh-service.ts'

const machine = (name: string, hostname?: string) =>
  ({
    metadata: { name, namespace: 'shop', uid: 'u1' },
    spec: { template: { spec: { domain: { devices: {} }, hostname } } },
  }) as unknown as VirtualMachine

test('F-45 a Service leads to port 22 of the VM, and goes with it', () => {
  expect(sshService(machine('db'), 'NodePort')).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'db-ssh',
      namespace: 'shop',
      ownerReferences: [
        { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name: 'db', uid: 'u1' },
      ],
    },
    spec: {
      type: 'NodePort',
      selector: { 'vm.kubevirt.io/name': 'db' },
      ports: [{ name: 'ssh', protocol: 'TCP', port: 22 }],
    },
  })
})

test('F-45 its selector follows the host name of the guest', () => {
  const virtualMachine = machine('db', 'database')
  const service = sshService(virtualMachine, 'LoadBalancer')
  expect(service.spec?.selector).toEqual({ 'vm.kubevirt.io/name': 'database' })
  expect(selectsVirtualMachine(service, virtualMachine)).toBe(true)
})

test.each([
  ['db', 'db-ssh'],
  ['db.example', 'db-example-ssh'],
  ['7up', 'vm-7up-ssh'],
  [`${'a'.repeat(58)}-b`, `${'a'.repeat(58)}-ssh`],
])('F-45 the Service of %s is named %s', (name, expected) => {
  expect(sshService(machine(name), 'NodePort').metadata?.name).toBe(expected)
})

test.each([
  [{ port: 22 }, true],
  [{ port: 2222, targetPort: '22' }, true],
  [{ port: 22, targetPort: '80' }, false],
  [{ port: 22, protocol: 'UDP' }, false],
])('F-45 the port %j leads to SSH: %s', (port, leads) => {
  expect(sshPortOf({ spec: { ports: [port] } }) !== undefined).toBe(leads)
})

const ports = [{ port: 22, nodePort: 30022 }]
const options = { userName: 'jane', nodeAddress: '192.0.2.1' }

test('F-45 the command through a Service', () => {
  expect(sshCommandThrough({ spec: { ports } }, options)).toBe('ssh -p 30022 jane@192.0.2.1')
  const status = { loadBalancer: { ingress: [{ hostname: 'lb.example' }] } }
  expect(sshCommandThrough({ spec: { ports }, status }, options)).toBe('ssh jane@lb.example')
  // Inside of the cluster only.
  expect(sshCommandThrough({ spec: { ports: [{ port: 22 }] } }, options)).toBeUndefined()
})

test('F-45 the commands without one', () => {
  expect(sshWithoutService({ namespace: 'shop', name: 'db', userName: 'jane' })).toEqual({
    virtctl: 'virtctl ssh jane@vm/db --namespace=shop',
    portForward: 'virtctl port-forward vm/db --namespace=shop 2222:22',
    ssh: 'ssh -p 2222 jane@127.0.0.1',
  })
})

test('F-45 a node is reached from outside where it can be', () => {
  const inside = { type: 'InternalIP', address: '10.0.0.1' }
  const outside = { type: 'ExternalIP', address: '192.0.2.1' }
  expect(nodeAddressOf({ status: { addresses: [inside, outside] } })).toBe('192.0.2.1')
  expect(nodeAddressOf({ status: { addresses: [inside] } })).toBe('10.0.0.1')
  expect(nodeAddressOf({})).toBeUndefined()
})
