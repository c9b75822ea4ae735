import { describe, expect, test } from 'vitest'
import type { GuestDisk, GuestInterface, GuestSpec } from '../../guest-spec.ts'
import { qemuArguments, type QemuPlace } from './arguments.ts'

const PLACE: QemuPlace = {
  accelerator: 'tcg',
  sockets: {
    monitor: '/g/monitor.sock',
    serial: '/g/serial.sock',
    vnc: '/g/vnc.sock',
    ofInterface: (index) => `/g/net${index}.sock`,
  },
  pidFile: '/g/qemu.pid',
}

const SPEC: GuestSpec = {
  name: 'web',
  namespace: 'default',
  hostname: 'web',
  uuid: '5d307ca9-b3ef-428c-8861-06e72d69f223',
  cpu: { sockets: 1, cores: 1, threads: 1 },
  memoryBytes: 128 * 1024 * 1024,
  firmware: 'bios',
  graphics: true,
  serialConsole: true,
  disks: [],
  interfaces: [],
}

const disk = (name: string, more: Partial<GuestDisk> = {}): GuestDisk => ({
  name,
  file: `/g/${name}.qcow2`,
  format: 'qcow2',
  bus: 'virtio',
  cdrom: false,
  readOnly: false,
  ...more,
})

const nic = (more: Partial<GuestInterface> = {}): GuestInterface => ({
  name: 'default',
  macAddress: '02:00:00:00:00:01',
  model: 'virtio',
  network: { kind: 'user', address: '10.0.2.2' },
  ...more,
})

/** The values of an option, in order. */
function valuesOf(option: string, spec: Partial<GuestSpec>, place: Partial<QemuPlace> = {}) {
  const all = qemuArguments({ ...SPEC, ...spec }, { ...PLACE, ...place })
  return all.flatMap((value, index) => (all[index - 1] === option ? [value] : []))
}

describe('the processor', () => {
  test.each<[string, GuestSpec['cpu'], Partial<QemuPlace>, string, string]>([
    ['of an emulated guest', SPEC.cpu, {}, 'Nehalem', 'cpus=1,sockets=1,cores=1,threads=1'],
    [
      'with a topology',
      { sockets: 2, cores: 3, threads: 2 },
      {},
      'Nehalem',
      'cpus=12,sockets=2,cores=3,threads=2',
    ],
    [
      'of a guest with KVM',
      SPEC.cpu,
      { accelerator: 'kvm' },
      'host',
      'cpus=1,sockets=1,cores=1,threads=1',
    ],
    [
      'of a named model',
      { ...SPEC.cpu, model: 'Skylake-Server' },
      {},
      'Skylake-Server',
      'cpus=1,sockets=1,cores=1,threads=1',
    ],
    [
      'as the host without KVM',
      { ...SPEC.cpu, model: 'host-passthrough' },
      {},
      'Nehalem',
      'cpus=1,sockets=1,cores=1,threads=1',
    ],
  ])('%s', (_title, cpu, place, model, smp) => {
    expect(valuesOf('-cpu', { cpu }, place)).toEqual([model])
    expect(valuesOf('-smp', { cpu }, place)).toEqual([smp])
  })
})

test('small emulated guests get a small translation cache', () => {
  expect(valuesOf('-accel', {})).toEqual(['tcg,tb-size=32'])
  expect(valuesOf('-accel', { memoryBytes: 2 ** 31 })).toEqual(['tcg'])
  expect(valuesOf('-m', { memoryBytes: 100_000_000 })).toEqual(['size=96M'])
})

describe('disks', () => {
  test.each<[string, GuestDisk[], string[]]>([
    ['virtio', [disk('root')], ['virtio-blk-pci,drive=disk0,id=disk-root,bootindex=1']],
    [
      'SATA is IDE, two on a bus',
      [
        disk('a', { bus: 'sata' }),
        disk('b', { bus: 'sata', cdrom: true }),
        disk('c', { bus: 'sata' }),
      ],
      [
        'ide-hd,bus=ide.0,unit=0,drive=disk0,id=disk-a,bootindex=1',
        'ide-cd,bus=ide.0,unit=1,drive=disk1,id=disk-b,bootindex=2',
        'ide-hd,bus=ide.1,unit=0,drive=disk2,id=disk-c,bootindex=3',
      ],
    ],
    [
      'SCSI brings its controller',
      [disk('a', { bus: 'scsi' })],
      ['virtio-scsi-pci,id=scsi0', 'scsi-hd,bus=scsi0.0,drive=disk0,id=disk-a,bootindex=1'],
    ],
    [
      'a virtio CD-ROM is SATA',
      [disk('cd', { cdrom: true })],
      ['ide-cd,bus=ide.0,unit=0,drive=disk0,id=disk-cd,bootindex=1'],
    ],
    [
      'a boot order leaves the others out; serial numbers',
      [disk('a'), disk('b', { bootOrder: 1, serial: 'S1' })],
      [
        'virtio-blk-pci,drive=disk0,id=disk-a',
        'virtio-blk-pci,drive=disk1,id=disk-b,bootindex=1,serial=S1',
      ],
    ],
  ])('%s', (_title, disks, devices) => {
    expect(valuesOf('-device', { disks })).toEqual(devices)
  })

  test('the fifth SATA disk goes to an AHCI controller', () => {
    const disks = ['a', 'b', 'c', 'd', 'e'].map((name) => disk(name, { bus: 'sata' }))
    const devices = valuesOf('-device', { disks })
    expect(devices[0]).toBe('ich9-ahci,id=ahci0')
    expect(devices.at(-1)).toBe('ide-hd,bus=ahci0.0,drive=disk4,id=disk-e,bootindex=5')
  })

  test('file names are not options', () => {
    const file = '/g/a,readonly=off.img'
    const [blockDevice = ''] = valuesOf('-blockdev', { disks: [disk('a', { file })] })
    expect(JSON.parse(blockDevice)).toMatchObject({ file: { filename: file } })
    expect(valuesOf('-name', { name: 'a,b' })[0]).toBe('guest=default_a,,b,debug-threads=on')
  })
})

describe('network cards', () => {
  test.each<[string, GuestInterface, string, string]>([
    [
      'masquerade',
      nic(),
      'user,id=net0,net=10.0.2.0/24,host=10.0.2.1,dhcpstart=10.0.2.2,dns=10.0.2.3,hostname=web',
      'virtio-net-pci,netdev=net0,id=net-default,mac=02:00:00:00:00:01,romfile=',
    ],
    [
      'a bridge with the address of the pod, booted from',
      nic({
        network: { kind: 'user', address: '10.129.3.77' },
        bootOrder: 2,
        model: 'e1000',
      }),
      'user,id=net0,net=10.129.3.0/24,host=10.129.3.1,dhcpstart=10.129.3.77,dns=10.129.3.3,hostname=web',
      'e1000,netdev=net0,id=net-default,mac=02:00:00:00:00:01,bootindex=2',
    ],
    [
      'a bridge that guests share',
      nic({ network: { kind: 'bridge', attachment: 'default/lab' } }),
      'stream,id=net0,server=on,addr.type=unix,addr.path=/g/net0.sock',
      'virtio-net-pci,netdev=net0,id=net-default,mac=02:00:00:00:00:01,romfile=',
    ],
  ])('%s', (_title, one, backEnd, device) => {
    expect(valuesOf('-netdev', { interfaces: [one] })).toEqual([backEnd])
    expect(valuesOf('-device', { interfaces: [one] })).toEqual([device])
  })
})

test('consoles and firmware are there where wanted', () => {
  expect(valuesOf('-vnc', {})).toEqual(['unix:/g/vnc.sock'])
  expect(valuesOf('-vnc', { graphics: false })).toEqual([])
  expect(valuesOf('-serial', { serialConsole: false })).toEqual([])
  const efi = { code: '/code.fd', variables: '/vars.fd' }
  expect(valuesOf('-drive', { firmware: 'efi' }, { efi })).toEqual([
    'if=pflash,format=raw,unit=0,readonly=on,file=/code.fd',
    'if=pflash,format=raw,unit=1,file=/vars.fd',
  ])
})
