import { describe, expect, test } from 'vitest'
import type { V1DomainSpec as DomainSpec } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { GuestDisk, GuestInterface, GuestSpec } from '../../guest-spec.ts'
import { hardwareOf } from '../../hardware-spec.ts'
import { qemuArguments, type QemuPlace } from './arguments.ts'

const PLACE: QemuPlace = {
  accelerator: 'tcg',
  sockets: {
    monitor: '/g/monitor.sock',
    serial: '/g/serial.sock',
    vnc: '/g/vnc.sock',
    agent: '/g/agent.sock',
    tpm: '/g/tpm.sock',
    ofInterface: (index) => `/g/net${index}.sock`,
  },
  pidFile: '/g/qemu.pid',
  now: new Date('2026-01-31T12:00:00Z'),
}

const SPEC: GuestSpec = {
  name: 'web',
  namespace: 'default',
  hostname: 'web',
  uuid: '5d307ca9-b3ef-428c-8861-06e72d69f223',
  cpu: { sockets: 1, cores: 1, threads: 1 },
  memoryBytes: 128 * 1024 * 1024,
  firmware: 'bios',
  hardware: hardwareOf({ devices: {} }),
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
  const one = 'cpus=1,sockets=1,cores=1,threads=1'
  test.each<[string, GuestSpec['cpu'], Partial<QemuPlace>, string, string]>([
    ['of an emulated guest', SPEC.cpu, {}, 'Nehalem', one],
    [
      'with a topology',
      { sockets: 2, cores: 3, threads: 2 },
      {},
      'Nehalem',
      'cpus=12,sockets=2,cores=3,threads=2',
    ],
    ['of a guest with KVM', SPEC.cpu, { accelerator: 'kvm' }, 'host', one],
    ['of a named model', { ...SPEC.cpu, model: 'EPYC' }, {}, 'EPYC', one],
    ['like the host, emulated', { ...SPEC.cpu, model: 'host-model' }, {}, 'Nehalem', one],
    ['the host without KVM', { ...SPEC.cpu, model: 'host-passthrough' }, {}, 'max', one],
    [
      'with features',
      { ...SPEC.cpu, model: 'EPYC', features: ['+avx2', '-pcid'] },
      {},
      'EPYC,+avx2,-pcid',
      one,
    ],
  ])('%s', (_title, cpu, place, model, smp) => {
    expect(valuesOf('-cpu', { cpu }, place)).toEqual([model])
    expect(valuesOf('-smp', { cpu }, place)).toEqual([smp])
  })

  test('plays Hyper-V with KVM only', () => {
    const hardware = hardwareOf({
      devices: {},
      clock: { timer: { hyperv: {} } },
      features: {
        kvm: { hidden: true },
        hyperv: { relaxed: {}, vapic: { enabled: false }, spinlocks: { spinlocks: 8191 } },
      },
    })
    expect(valuesOf('-cpu', { hardware }, { accelerator: 'kvm' })).toEqual([
      'host,hv-relaxed,hv-spinlocks=8191,hv-time,kvm=off',
    ])
    expect(valuesOf('-cpu', { hardware })).toEqual(['Nehalem'])
  })
})

test('small emulated guests get a small translation cache', () => {
  expect(valuesOf('-accel', {})).toEqual(['tcg,tb-size=32'])
  expect(valuesOf('-accel', { memoryBytes: 2 ** 31 })).toEqual(['tcg'])
  expect(valuesOf('-m', { memoryBytes: 100_000_000 })).toEqual(['size=96M'])
})

describe('the machine', () => {
  test.each<[string, Partial<DomainSpec>, string, string[]]>([
    ['nothing said: q35 without SATA', {}, '-machine', ['q35,sata=off']],
    ['any q35', { machine: { type: 'pc-q35-rhel9.4.0' } }, '-machine', ['q35,sata=off']],
    ['pc', { machine: { type: 'pc' } }, '-machine', ['pc']],
    [
      'without ACPI and HPET, with SMM',
      {
        features: { acpi: { enabled: false }, smm: {} },
        clock: { timer: { hpet: { present: false } } },
      },
      '-machine',
      ['q35,sata=off,acpi=off,hpet=off,smm=on'],
    ],
    [
      'secure boot needs SMM',
      { features: { smm: {} }, firmware: { bootloader: { efi: {} } } },
      '-global',
      ['driver=cfi.pflash01,property=secure,value=on'],
    ],
    ['clock in UTC', {}, '-rtc', ['base=utc']],
    [
      'clock of a time zone',
      { clock: { timezone: 'Asia/Tokyo' } },
      '-rtc',
      ['base=2026-01-31T21:00:00'],
    ],
    [
      'clock with an offset that catches up',
      {
        clock: { utc: { offsetSeconds: -3600 }, timer: { rtc: { tickPolicy: 'catchup' } } },
      },
      '-rtc',
      ['base=2026-01-31T11:00:00,driftfix=slew'],
    ],
    [
      'chassis',
      { chassis: { manufacturer: 'ACME, Inc.', asset: 'A1' } },
      '-smbios',
      [
        'type=1,manufacturer=KubeVirt,product=None,family=KubeVirt',
        'type=3,manufacturer=ACME,, Inc.,asset=A1',
      ],
    ],
  ])('%s', (_title, domain, option, expected) => {
    const hardware = hardwareOf({ devices: {}, ...domain })
    expect(valuesOf(option, { hardware })).toEqual(expected)
  })

  test('has the serial number and UUID of its firmware', () => {
    expect(valuesOf('-smbios', { serial: 'S,1' })).toEqual([
      'type=1,manufacturer=KubeVirt,product=None,family=KubeVirt,serial=S,,1',
    ])
    expect(valuesOf('-uuid', {})).toEqual([SPEC.uuid])
  })
})

describe('disks', () => {
  const stop = 'werror=stop,rerror=stop'
  test.each<[string, GuestDisk[], string[]]>([
    [
      'virtio',
      [disk('root')],
      [`virtio-blk-pci,drive=node-root,id=disk-root,${stop},bootindex=1`],
    ],
    [
      'SATA: one on each port',
      [disk('a', { bus: 'sata' }), disk('b', { bus: 'sata', cdrom: true })],
      [
        `ide-hd,bus=ide.0,drive=node-a,id=disk-a,${stop},bootindex=1`,
        'ide-cd,bus=ide.1,drive=node-b,id=disk-b,bootindex=2',
      ],
    ],
    [
      'SCSI',
      [disk('a', { bus: 'scsi' }), disk('b', { bus: 'scsi', cdrom: true })],
      [
        `scsi-hd,bus=scsi0.0,drive=node-a,id=disk-a,${stop},bootindex=1`,
        'scsi-cd,bus=scsi0.0,drive=node-b,id=disk-b,bootindex=2',
      ],
    ],
    [
      'USB',
      [disk('a', { bus: 'usb' }), disk('b', { bus: 'usb', cdrom: true })],
      [
        `usb-storage,bus=usb0.0,drive=node-a,id=disk-a,${stop},bootindex=1`,
        'usb-bot,bus=usb0.0,id=usb-b',
        'scsi-cd,bus=usb-b.0,drive=node-b,id=disk-b,bootindex=2',
      ],
    ],
    [
      'a virtio CD-ROM is SATA; an empty drive',
      [disk('cd', { cdrom: true, file: undefined })],
      ['ide-cd,bus=ide.0,id=disk-cd,bootindex=1'],
    ],
    [
      'a boot order leaves the others out; serial numbers',
      [disk('a'), disk('b', { bootOrder: 1, serial: 'S1' })],
      [
        `virtio-blk-pci,drive=node-a,id=disk-a,${stop}`,
        `virtio-blk-pci,drive=node-b,id=disk-b,serial=S1,${stop},bootindex=1`,
      ],
    ],
    [
      'sizes of blocks, errors, sharing, no cache for what is written',
      [
        disk('a', {
          blockSize: { logical: 512, physical: 4096 },
          errorPolicy: 'enospace',
          shareable: true,
          cache: 'writethrough',
        }),
      ],
      [
        'virtio-blk-pci,drive=node-a,id=disk-a,share-rw=on,logical_block_size=512,physical_block_size=4096,write-cache=off,werror=enospc,rerror=report,bootindex=1',
      ],
    ],
  ])('%s', (_title, disks, devices) => {
    const hardware = { ...SPEC.hardware, hotplug: false }
    const own = valuesOf('-device', { disks, hardware }).filter((one) =>
      /drive=|id=disk-|usb-bot/.test(one),
    )
    expect(own).toEqual(devices)
  })

  test('bring their controllers', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const sata = names.map((name) => disk(name, { bus: 'sata' }))
    expect(valuesOf('-machine', { disks: sata })).toEqual(['q35'])
    expect(valuesOf('-device', { disks: sata })).toContain('ich9-ahci,id=ahci0')
    expect(valuesOf('-device', { disks: sata })).toContainEqual(
      expect.stringContaining('ide-hd,bus=ahci0.0,drive=node-g'),
    )
    const hardware = hardwareOf({ machine: { type: 'pc' }, devices: {} })
    expect(valuesOf('-device', { disks: sata, hardware })).toContainEqual(
      expect.stringContaining('ide-hd,bus=ahci1.0,drive=node-g'),
    )
    expect(valuesOf('-device', { disks: [disk('u', { bus: 'usb' })] })).toContain(
      'qemu-xhci,id=usb0',
    )
  })

  test('can be plugged in while the guest runs, unless that is switched off', () => {
    const ports = (spec: Partial<GuestSpec>) =>
      valuesOf('-device', spec).filter((one) => /root-port|scsi/.test(one))
    expect(ports({})).toEqual([
      'virtio-scsi-pci,id=scsi0',
      'pcie-root-port,id=hotplug0,chassis=1',
      'pcie-root-port,id=hotplug1,chassis=2',
      'pcie-root-port,id=hotplug2,chassis=3',
      'pcie-root-port,id=hotplug3,chassis=4',
    ])
    expect(ports({ hardware: hardwareOf({ devices: { disableHotplug: true } }) })).toEqual([])
  })

  test('file names are not options', () => {
    const file = '/g/a,readonly=off.img'
    const [blockDevice = ''] = valuesOf('-blockdev', {
      disks: [disk('a.b', { file, cache: 'none', io: 'native' })],
    })
    expect(JSON.parse(blockDevice)).toMatchObject({
      'node-name': 'node-a_b',
      cache: { direct: true },
      file: { filename: file, aio: 'native', cache: { direct: true } },
    })
    expect(valuesOf('-name', { name: 'a,b' })[0]).toBe('guest=default_a,,b,debug-threads=on')
  })
})

describe('devices', () => {
  test.each<[string, DomainSpec['devices'], string[]]>([
    [
      'what every machine has',
      {},
      [
        'VGA,id=video0',
        'virtio-serial-pci,id=channels0',
        'virtserialport,chardev=agent0,name=org.qemu.guest_agent.0,id=agent0',
        'virtio-balloon-pci,id=balloon0',
      ],
    ],
    [
      'tablets',
      {
        inputs: [
          { name: 'a', type: 'tablet', bus: 'usb' },
          { name: 'b', type: 'tablet', bus: 'virtio' },
        ],
      },
      ['qemu-xhci,id=usb0', 'usb-tablet,bus=usb0.0,id=input0', 'virtio-tablet-pci,id=input1'],
    ],
    [
      'a tablet by default',
      { autoattachInputDevice: true },
      ['usb-tablet,bus=usb0.0,id=input0'],
    ],
    ['random numbers', { rng: {} }, ['virtio-rng-pci,rng=rng0,id=rng']],
    ['a watchdog', { watchdog: { name: 'w', i6300esb: {} } }, ['i6300esb,id=watchdog0']],
    ['a panic device', { panicDevices: [{ model: 'pvpanic' }] }, ['pvpanic-pci,id=panic0']],
    ['sound', { sound: { name: 's' } }, ['hda-duplex,audiodev=sound0']],
    [
      'other sound',
      { sound: { name: 's', model: 'ac97' } },
      ['AC97,audiodev=sound0,id=sound0'],
    ],
    ['a TPM', { tpm: {} }, ['tpm-crb,tpmdev=tpm0']],
    ['video', { video: { type: 'virtio' } }, ['virtio-vga,id=video0']],
  ])('%s', (_title, devices, expected) => {
    const all = valuesOf('-device', { hardware: hardwareOf({ devices }) })
    expect(all).toEqual(expect.arrayContaining(expected))
  })

  test('leaves out what is not wanted', () => {
    const hardware = hardwareOf({ devices: { autoattachMemBalloon: false } })
    expect(valuesOf('-device', { hardware }).join(' ')).not.toContain('balloon')
    expect(valuesOf('-device', { graphics: false }).join(' ')).not.toContain('VGA')
    expect(() =>
      valuesOf('-device', { hardware: hardwareOf({ devices: { video: { type: 'xen' } } }) }),
    ).toThrow('this node has no xen video device')
  })

  test('do as the watchdog says', () => {
    const watchdog = { name: 'w', i6300esb: { action: 'poweroff' } }
    expect(valuesOf('-action', { hardware: hardwareOf({ devices: { watchdog } }) })).toEqual([
      'shutdown=pause',
      'watchdog=poweroff',
    ])
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
    expect(valuesOf('-device', { interfaces: [one] })).toContain(device)
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
