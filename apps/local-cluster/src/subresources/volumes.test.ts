import { describe, expect, it } from 'vitest'
import { call, fakeObjects } from './testing/fake-objects.ts'

const SPEC = {
  domain: { devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] } },
  volumes: [{ name: 'root', persistentVolumeClaim: { claimName: 'root' } }],
}
const vm = () => ({
  'virtualmachines/vm-a': { metadata: { name: 'vm-a' }, spec: { template: { spec: SPEC } } },
})
const vmi = (phase = 'Running') => ({
  'virtualmachineinstances/vm-a': {
    metadata: { name: 'vm-a' },
    spec: SPEC,
    status: { phase },
  },
})
const DISK = {
  name: 'data',
  disk: { disk: { bus: 'scsi' } },
  volumeSource: { dataVolume: { name: 'data-dv' } },
}
const RESOURCES = ['virtualmachines', 'virtualmachineinstances'] as const

describe('disks of a running guest', () => {
  it.each(RESOURCES)('are put into %s and taken out again', async (resource) => {
    const { objects, stored } = fakeObjects({ ...vm(), ...vmi() })
    const specOf = () => {
      const spec = stored.get(`${resource}/vm-a`)?.spec as {
        template?: { spec: typeof SPEC }
      }
      return spec.template?.spec ?? (spec as unknown as typeof SPEC)
    }
    expect(await call(objects, 'addvolume', { resource, body: DISK })).toEqual({ status: 202 })
    expect(specOf().volumes).toEqual([
      SPEC.volumes[0],
      { name: 'data', dataVolume: { name: 'data-dv', hotpluggable: true } },
    ])
    expect(specOf().domain.devices.disks[1]).toEqual({ name: 'data', disk: { bus: 'scsi' } })
    // By its source's name too, as virtctl does.
    const body = { name: 'data-dv' }
    expect(await call(objects, 'removevolume', { resource, body })).toEqual({ status: 202 })
    expect(specOf()).toEqual(SPEC)
  })

  it('of an instance end with it', async () => {
    const { objects, stored } = fakeObjects(vmi())
    await call(objects, 'addvolume', { resource: 'virtualmachineinstances', body: DISK })
    expect(stored.get('virtualmachineinstances/vm-a')?.metadata?.annotations).toEqual({
      'kubevirt.io/ephemeral-hotplug-volumes': 'data',
    })
  })

  it.each<[action: string, body: object, message: string]>([
    ['addvolume', {}, 'AddVolumeOptions requires name to be set'],
    ['addvolume', { name: 'a' }, 'AddVolumeOptions requires disk to not be nil'],
    [
      'addvolume',
      { name: 'a', disk: {} },
      'AddVolumeOptions requires VolumeSource to not be nil',
    ],
    [
      'addvolume',
      { ...DISK, name: 'root' },
      'Unable to add volume [root] because volume with that name already exists',
    ],
    [
      'addvolume',
      { ...DISK, volumeSource: { persistentVolumeClaim: { claimName: 'root' } } },
      'Unable to add volume source [root] because it already exists',
    ],
    ['removevolume', {}, 'RemoveVolumeOptions requires name to be set'],
    [
      'removevolume',
      { name: 'data' },
      'Unable to remove volume [data] because it does not exist',
    ],
    [
      'removevolume',
      { name: 'root' },
      'Unable to remove volume [root] because it is not hotpluggable',
    ],
  ])('%s %j is refused', async (action, body, message) => {
    const { objects } = fakeObjects(vm())
    const { message: said } = (await call(objects, action, { body })) as { message: string }
    expect(said).toContain(message)
  })

  it('need a guest that runs', async () => {
    const { objects } = fakeObjects(vmi('Scheduled'))
    const resource = 'virtualmachineinstances'
    expect(await call(objects, 'addvolume', { resource, body: DISK })).toMatchObject({
      code: 409,
      message: expect.stringContaining('VMI is not running') as string,
    })
  })
})
