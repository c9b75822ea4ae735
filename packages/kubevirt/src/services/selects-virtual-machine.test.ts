import { expect, test } from 'vitest'
import type { VirtualMachine, VirtualMachineInstance } from '../types.ts'
import { selectsVirtualMachine } from './selects-virtual-machine.ts'

const machine = {
  metadata: { name: 'db', labels: { tier: 'of the VM' } },
  spec: { template: { metadata: { labels: { app: 'shop', tier: 'back' } }, spec: {} } },
} as unknown as VirtualMachine

const instance = {
  metadata: { name: 'db', uid: 'u1', labels: { app: 'old' } },
} as unknown as VirtualMachineInstance

test.each([
  [{ app: 'shop' }, true],
  [{ app: 'shop', tier: 'back' }, true],
  [{ app: 'shop', tier: 'front' }, false],
  [{ tier: 'of the VM' }, false],
  [{ 'vm.kubevirt.io/name': 'db' }, true],
  [{ 'vm.kubevirt.io/name': 'other' }, false],
  [{}, false],
  [undefined, false],
])('a selector %j: %s', (selector, selects) => {
  const service = { spec: selector ? { selector } : {} }
  expect(selectsVirtualMachine(service, machine)).toBe(selects)
})

test('what runs counts, not what will after the next restart', () => {
  expect(
    selectsVirtualMachine({ spec: { selector: { app: 'shop' } } }, machine, instance),
  ).toBe(false)
  const selector = { app: 'old', 'kubevirt.io/created-by': 'u1' }
  expect(selectsVirtualMachine({ spec: { selector } }, machine, instance)).toBe(true)
})
