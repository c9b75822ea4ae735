import { describe, expect, test } from 'vitest'
import { newDisk } from '../create/storage-values.ts'
import { editDisks } from '../templates/edit-disks.ts'
import type { VirtualMachine, VirtualMachineInstance } from '../types.ts'
import { diskRows } from './disk-rows.ts'
import {
  addVolumeCommand,
  hotPlugObstacle,
  hotPlugOf,
  removeVolumeCommand,
} from './hot-plug.ts'

const spec = {
  domain: { devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] } },
  volumes: [{ name: 'root', containerDisk: { image: 'example.com/linux:1' } }],
}
const virtualMachine: VirtualMachine = {
  metadata: { name: 'web', namespace: 'team' },
  spec: { template: { spec } },
}
const instance: VirtualMachineInstance = { spec, status: { phase: 'Running' } }
const row = { ...newDisk([], { source: 'blank', bus: 'scsi' }), name: 'data', size: '1' }

const withPlugged = (): VirtualMachine => {
  const changed = structuredClone(virtualMachine)
  const inside = changed.spec.template.spec
  inside?.domain.devices.disks?.push({ name: 'data', disk: { bus: 'scsi' } })
  inside?.volumes?.push({ name: 'data', dataVolume: { name: 'web-data', hotpluggable: true } })
  return changed
}
const stateTable = (machine: VirtualMachine, running: VirtualMachineInstance | null) =>
  diskRows(machine, running).map(({ name, state }) => `${name} ${state}`)

describe('rows', () => {
  const added = editDisks(virtualMachine, { kind: 'add', row }, { name: 'web' })
  const removed = editDisks(virtualMachine, { kind: 'remove', name: 'root' }, { name: 'web' })
  test.each<[string, string[], string[]]>([
    ['nothing differs', stateTable(virtualMachine, instance), ['root fixed']],
    ['added: on top', stateTable(added, instance), ['data added', 'root fixed']],
    ['added to a stopped VM', stateTable(added, null), ['root fixed', 'data fixed']],
    ['removed: still in the guest', stateTable(removed, instance), ['root removed']],
    ['on its way in', stateTable(withPlugged(), instance), ['root fixed', 'data plugging']],
  ])('%s', (_title, actual, expected) => expect(actual).toEqual(expected))

  test('a plugged disk shows the size of its claim', () => {
    const running: VirtualMachineInstance = {
      spec: withPlugged().spec.template.spec!,
      status: {
        phase: 'Running',
        volumeStatus: [
          {
            name: 'data',
            target: 'sda',
            phase: 'Ready',
            persistentVolumeClaimInfo: { capacity: { storage: '2Gi' } },
          },
        ],
      },
    }
    const data = diskRows(withPlugged(), running).find(({ name }) => name === 'data')
    expect(data).toMatchObject({ state: 'plugged', size: '2Gi', claim: 'web-data' })
    // Taken out of the VM, it is in the guest a moment longer.
    expect(stateTable(virtualMachine, running)).toEqual(['root fixed', 'data plugging'])
  })
})

test.each([
  ['blank', 'scsi', true, undefined],
  ['claim', 'virtio', true, undefined],
  ['claim', 'sata', true, 'bus'],
  ['blank', '', true, 'bus'],
  ['url', 'scsi', true, undefined],
  ['clone', 'virtio', true, undefined],
  ['image', 'scsi', true, 'source'],
  ['empty', 'scsi', true, 'source'],
  ['claim', 'scsi', false, 'notRunning'],
] as const)('plugging %s on %s, running %s: %s', (source, bus, isRunning, obstacle) => {
  expect(hotPlugObstacle({ source, bus }, isRunning)).toBe(obstacle)
})

test('plugging a new disk makes its DataVolume first, named after the VM', () => {
  const plug = hotPlugOf(virtualMachine, row)
  expect(plug.dataVolume?.metadata).toEqual({ name: 'web-data', namespace: 'team' })
  expect(plug.options).toEqual({
    name: 'data',
    disk: { name: 'data', disk: { bus: 'scsi' } },
    volumeSource: { dataVolume: { name: 'web-data' } },
  })
  const target = { namespace: 'team', name: 'web' }
  expect(addVolumeCommand(plug, target)).toBe(
    'virtctl addvolume web --namespace=team --volume-name=web-data --bus=scsi --persist',
  )
  expect(removeVolumeCommand('data', target)).toBe(
    'virtctl removevolume web --namespace=team --volume-name=data --persist',
  )
})
