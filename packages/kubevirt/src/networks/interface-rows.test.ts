import { expect, test } from 'vitest'
import { newNic } from '../create/networking-values.ts'
import { editNics } from '../templates/edit-nics.ts'
import type { VirtualMachine, VirtualMachineInstance } from '../types.ts'
import { interfaceRows } from './interface-rows.ts'

const spec = {
  domain: { devices: { interfaces: [{ name: 'default', masquerade: {} }] } },
  networks: [{ name: 'default', pod: {} }],
}
const virtualMachine: VirtualMachine = { spec: { template: { spec } } }
const running = (linkState?: string): VirtualMachineInstance => ({
  spec,
  status: {
    phase: 'Running',
    interfaces: [{ name: 'default', ...(linkState !== undefined && { linkState }) }],
  },
})
const row = { ...newNic([], 'virtio'), name: 'lan', network: 'lan', binding: 'bridge' as const }
const added = editNics(virtualMachine, { kind: 'add', row })
const removed = editNics(added, { kind: 'remove', name: 'default' })

test.each<[string, VirtualMachine, VirtualMachineInstance | null, string[]]>([
  ['off', virtualMachine, null, ['default off']],
  ['up', virtualMachine, running('up'), ['default up']],
  ['up where the cluster does not say', virtualMachine, running(), ['default up']],
  ['down', virtualMachine, running('down'), ['default down']],
  ['added: on top until the restart', added, running('up'), ['lan added', 'default up']],
  [
    'removed: there until the restart',
    removed,
    running('up'),
    ['lan added', 'default removed'],
  ],
])('%s', (_title, machine, instance, expected) => {
  const actual = interfaceRows(machine, instance).map(({ name, state }) => `${name} ${state}`)
  expect(actual).toEqual(expected)
})
