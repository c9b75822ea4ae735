import type {
  V1DomainSpec as DomainSpec,
  V1FeatureHyperv as FeatureHyperv,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { GuestHardware } from './guest-spec.ts'

type Flags = Partial<Record<keyof FeatureHyperv, string>>

/** QEMU's CPU flags by KubeVirt's names; those with a value of their own are not among them. */
const HYPERV_FLAGS: Flags = {
  evmcs: 'hv-evmcs',
  frequencies: 'hv-frequencies',
  ipi: 'hv-ipi',
  reenlightenment: 'hv-reenlightenment',
  relaxed: 'hv-relaxed',
  reset: 'hv-reset',
  runtime: 'hv-runtime',
  synic: 'hv-synic',
  synictimer: 'hv-stimer',
  tlbflush: 'hv-tlbflush',
  vapic: 'hv-vapic',
  vpindex: 'hv-vpindex',
}

/** libvirt's default for `spinlocks` without a number of retries. */
const SPINLOCK_RETRIES = 4096

/** All that a VMI asks of its machine besides processors, memory, disks and network cards. */
export function hardwareOf(domain: DomainSpec): GuestHardware {
  const { devices, features, firmware, chassis, clock } = domain
  const { timer } = clock ?? {}
  const offsetSeconds = clock?.utc?.offsetSeconds
  const watchdog = devices.watchdog?.i6300esb?.action
  const efi = firmware?.bootloader?.efi
  const smm = enabled(features?.smm)
  return {
    machine: isQ35(domain.machine?.type) ? 'q35' : 'pc',
    acpi: features?.acpi?.enabled ?? true,
    systemManagementMode: smm,
    secureBoot: efi !== undefined && smm && efi.secureBoot !== false,
    clock: {
      ...(clock?.timezone && { timezone: clock.timezone }),
      ...(offsetSeconds !== undefined && { offsetSeconds }),
      hpet: timer?.hpet?.present !== false,
      catchUp: timer?.rtc?.tickPolicy === 'catchup',
    },
    hyperv: [
      ...hypervFlags(features?.hyperv),
      ...(timer?.hyperv && timer.hyperv.present !== false ? ['hv-time'] : []),
    ],
    hideKvm: features?.kvm?.hidden ?? false,
    ...(devices.video?.type && { video: devices.video.type }),
    inputs: inputsOf(devices),
    randomNumbers: devices.rng !== undefined,
    memoryBalloon: devices.autoattachMemBalloon !== false,
    hotplug: devices.disableHotplug !== true,
    ...(watchdog && { watchdog: watchdog as NonNullable<GuestHardware['watchdog']> }),
    ...(devices.watchdog && !watchdog && { watchdog: 'reset' as const }),
    ...(devices.sound && { sound: devices.sound.model === 'ac97' ? 'ac97' : 'ich9' }),
    panicDevice: (devices.panicDevices ?? []).length > 0,
    tpm: devices.tpm !== undefined && devices.tpm.enabled !== false,
    ...(chassis && { chassis }),
  }
}

/** KubeVirt's default is q35; a version of it means this QEMU's, whose name the status tells. */
const isQ35 = (type: string | undefined): boolean =>
  type === undefined || type === '' || type.includes('q35')

const enabled = (feature: { enabled?: boolean } | undefined): boolean =>
  feature !== undefined && feature.enabled !== false

function hypervFlags(hyperv: FeatureHyperv | undefined): string[] {
  if (hyperv === undefined) return []
  const flags = Object.entries(HYPERV_FLAGS).flatMap(([name, flag]) =>
    enabled(hyperv[name as keyof FeatureHyperv]) ? [flag] : [],
  )
  const { spinlocks, vendorid } = hyperv
  if (enabled(spinlocks)) flags.push(`hv-spinlocks=${spinlocks?.spinlocks ?? SPINLOCK_RETRIES}`)
  if (enabled(vendorid) && vendorid?.vendorid) flags.push(`hv-vendor-id=${vendorid.vendorid}`)
  return flags
}

function inputsOf({ inputs, autoattachInputDevice }: DomainSpec['devices']) {
  const asked = (inputs ?? []).map(({ bus }) => ({
    bus: bus === 'virtio' ? ('virtio' as const) : ('usb' as const),
  }))
  // Source: kubevirt `pkg/defaults`: an input device for VMs that bring none.
  return asked.length === 0 && autoattachInputDevice ? [{ bus: 'usb' as const }] : asked
}
