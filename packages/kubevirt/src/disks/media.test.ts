import { describe, expect, test } from 'vitest'
import type { Disk, VirtualMachine, VirtualMachineInstance, Volume } from '../types.ts'
import { problemsOf } from '../validation/problem.ts'
import {
  addDrive,
  changesMediumLive,
  driveSchema,
  ejectMedium,
  insertMedium,
  withDrivers,
} from './media.ts'

const machineWith = (disks: Disk[], volumes: Volume[] = []): VirtualMachine => ({
  metadata: { name: 'web', namespace: 'team' },
  spec: { template: { spec: { domain: { devices: { disks } }, volumes } } },
})
const disksIn = (machine: VirtualMachine) => machine.spec.template.spec?.domain.devices.disks
const volumesIn = (machine: VirtualMachine) => machine.spec.template.spec?.volumes

const ISO = { kind: 'claim', claim: 'iso' } as const
const PLUGGED: Volume = {
  name: 'tray',
  persistentVolumeClaim: { claimName: 'iso', hotpluggable: true },
}
const tray: Disk = { name: 'tray', cdrom: { bus: 'sata' } }

test('a medium replaces what is in the drive, and ejecting leaves the drive', () => {
  const before = machineWith([tray], [{ name: 'tray', containerDisk: { image: 'a:1' } }])
  const mounted = insertMedium(before, 'tray', ISO)
  expect(volumesIn(mounted)).toEqual([PLUGGED])
  const ejected = ejectMedium(mounted, 'tray')
  expect(volumesIn(ejected)).toEqual([])
  expect(disksIn(ejected)).toEqual([tray])
})

const running = (volumes: Volume[]): VirtualMachineInstance => ({
  spec: { domain: { devices: { disks: [tray] } }, volumes },
})
test.each([
  ['an ISO into an empty drive', running([]), ISO, true],
  ['an ISO for another', running([PLUGGED]), ISO, true],
  ['ejecting a claim', running([PLUGGED]), undefined, true],
  [
    'ejecting an image',
    running([{ name: 'tray', containerDisk: { image: 'a:1' } }]),
    undefined,
    false,
  ],
  ['an image', running([]), { kind: 'image', image: 'a:1' } as const, false],
  ['nothing runs', null, ISO, false],
])('%s', (_title, instance, medium, live) => {
  expect(changesMediumLive(instance, 'tray', medium)).toBe(live)
})

test('a drive that the guest was not started with waits for the restart', () => {
  expect(changesMediumLive(running([]), 'other', ISO)).toBe(false)
})

describe('a new drive', () => {
  const values = { name: 'tray', kind: 'empty', claim: '', image: '' } as const

  test('may be empty', () => {
    const added = addDrive(machineWith([]), values)
    expect(disksIn(added)).toEqual([tray])
    expect(volumesIn(added)).toEqual([])
    expect(() => addDrive(added, values)).toThrow('tray: nameTaken')
  })

  test.each([
    [values, []],
    [{ ...values, name: 'root' }, ['name: duplicateName']],
    [{ ...values, kind: 'claim' }, ['claim: required']],
    [{ ...values, kind: 'image' }, ['image: required']],
  ])('%o', (typed, expected) => {
    const problems = problemsOf(driveSchema(['root']), typed)
    expect(problems.map(({ path, code }) => `${path}: ${code}`)).toEqual(expected)
  })
})

test.each([
  ['nothing has a place', [{ name: 'root', disk: {} }], undefined],
  ['behind the last', [{ name: 'root', disk: {}, bootOrder: 3 }], 4],
])('F-36 the drivers: %s', (_title, disks: Disk[], bootOrder) => {
  const added = withDrivers(machineWith(disks))
  const drive = disksIn(added)?.at(-1)
  expect(drive).toMatchObject({ name: 'virtiocontainerdisk', cdrom: { bus: 'sata' } })
  expect(drive?.bootOrder).toBe(bootOrder)
  expect(withDrivers(added)).toBe(added)
})
