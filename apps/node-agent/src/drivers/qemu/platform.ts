import type { GuestSpec } from '../../guest-spec.ts'
import { needsSata } from './disk-devices.ts'
import { escaped } from './escape.ts'
import type { Accelerator } from './probe.ts'

const MIB = 1024 * 1024

/** Board, processors, memory, clock and what the firmware tells of the machine. */
export function platformArguments(
  spec: GuestSpec,
  { accelerator, now }: { accelerator: Accelerator; now: Date },
): string[] {
  return [
    ['-machine', machine(spec), '-accel', accelerate(accelerator, spec)],
    ['-cpu', processor(accelerator, spec), '-smp', topology(spec.cpu)],
    ['-m', `size=${Math.ceil(spec.memoryBytes / MIB)}M`, '-uuid', spec.uuid],
    ...systemTables(spec).map((table) => ['-smbios', table]),
    ['-rtc', realTimeClock(spec, now)],
    spec.hardware.secureBoot ? ['-global', 'driver=cfi.pflash01,property=secure,value=on'] : [],
  ].flat()
}

function machine({ hardware, disks }: GuestSpec): string {
  const { acpi, clock, systemManagementMode } = hardware
  return [
    hardware.machine,
    // The chipset's SATA controller is there only for who has something on it.
    ...(hardware.machine === 'q35' && !needsSata(disks) ? ['sata=off'] : []),
    ...(acpi ? [] : ['acpi=off']),
    ...(clock.hpet ? [] : ['hpet=off']),
    // Otherwise QEMU decides: with KVM it costs nothing, without it is not needed.
    ...(systemManagementMode ? ['smm=on'] : []),
  ].join(',')
}

function accelerate(name: Accelerator, { memoryBytes }: GuestSpec): string {
  // A small translation cache saves 12 MB for each small guest.
  if (name === 'tcg') return memoryBytes <= 256 * MIB ? 'tcg,tb-size=32' : 'tcg'
  return name
}

/**
 * Without KVM there is no host CPU to be like. Nehalem is what distributions ask for at least
 * (x86-64-v2) and boots faster than `max`, whose features TCG emulates slowly: that is what
 * `host-passthrough` gets, for systems that ask for more.
 */
function processor(name: Accelerator, { cpu, hardware }: GuestSpec): string {
  const { model = 'host-model', features = [] } = cpu
  const emulated = model === 'host-passthrough' ? 'max' : 'Nehalem'
  const chosen = !model.startsWith('host-') ? model : name === 'kvm' ? 'host' : emulated
  // Only KVM can play Hyper-V.
  const hyperv = name === 'kvm' ? hardware.hyperv : []
  const hidden = hardware.hideKvm && name === 'kvm' ? ['kvm=off'] : []
  return [chosen, ...features, ...hyperv, ...hidden].map(escaped).join(',')
}

function topology({ sockets, cores, threads }: GuestSpec['cpu']): string {
  const total = sockets * cores * threads
  return `cpus=${total},sockets=${sockets},cores=${cores},threads=${threads}`
}

/** Source: kubevirt `pkg/virt-launcher/virtwrap/converter`: system and chassis of the SMBIOS. */
function systemTables({ serial, hardware }: GuestSpec): string[] {
  const { chassis } = hardware
  const system = [
    'type=1,manufacturer=KubeVirt,product=None,family=KubeVirt',
    ...(serial ? [`serial=${escaped(serial)}`] : []),
  ].join(',')
  if (chassis === undefined) return [system]
  const fields = (['manufacturer', 'version', 'serial', 'asset', 'sku'] as const).flatMap(
    (key) => (chassis[key] ? [`${key}=${escaped(chassis[key])}`] : []),
  )
  return [system, ['type=3', ...fields].join(',')]
}

function realTimeClock({ hardware }: GuestSpec, now: Date): string {
  const { timezone, offsetSeconds, catchUp } = hardware.clock
  const shifted =
    timezone !== undefined
      ? wallClock(now, timezone)
      : offsetSeconds
        ? isoSeconds(new Date(now.getTime() + offsetSeconds * 1_000))
        : 'utc'
  return [`base=${shifted}`, ...(catchUp ? ['driftfix=slew'] : [])].join(',')
}

const isoSeconds = (time: Date): string => time.toISOString().slice(0, 19)

/** What clocks on walls show there: `2026-01-31T13:05:00`. */
function wallClock(time: Date, timeZone: string): string {
  const options = { timeZone, dateStyle: 'short', timeStyle: 'medium' } as const
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', options).format(time).replace(' ', 'T')
}
