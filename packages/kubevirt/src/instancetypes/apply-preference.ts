import type { InstanceSpec, PreferenceSpec } from './types.ts'

type Devices = NonNullable<PreferenceSpec['devices']>
type Domain = InstanceSpec['domain']

/** Fields that a preference fills as they are: from the preference, to the devices. */
const DEVICE_FIELDS = [
  ['preferredAutoattachGraphicsDevice', 'autoattachGraphicsDevice'],
  ['preferredAutoattachMemBalloon', 'autoattachMemBalloon'],
  ['preferredAutoattachPodInterface', 'autoattachPodInterface'],
  ['preferredAutoattachSerialConsole', 'autoattachSerialConsole'],
  ['preferredAutoattachInputDevice', 'autoattachInputDevice'],
  ['preferredUseVirtioTransitional', 'useVirtioTransitional'],
  ['preferredBlockMultiQueue', 'blockMultiQueue'],
  ['preferredNetworkInterfaceMultiQueue', 'networkInterfaceMultiqueue'],
  ['preferredRng', 'rng'],
  ['preferredTPM', 'tpm'],
] as const

const FEATURES = [
  ['preferredAcpi', 'acpi'],
  ['preferredApic', 'apic'],
  ['preferredHyperv', 'hyperv'],
  ['preferredKvm', 'kvm'],
  ['preferredPvspinlock', 'pvspinlock'],
  ['preferredSmm', 'smm'],
] as const

/**
 * Fills what a VMI's spec leaves open from a preference; the spec is changed. What the VM says
 * itself always wins. Source: KubeVirt `pkg/instancetype/preference/apply`.
 */
export function applyPreference(spec: InstanceSpec, preference: PreferenceSpec): void {
  const { domain } = spec
  const { cpu, devices, features, firmware, machine, clock } = preference
  if (cpu?.preferredCPUFeatures && !domain.cpu?.features) {
    domain.cpu = { ...domain.cpu, features: cpu.preferredCPUFeatures }
  }
  if (devices) applyDevices(domain, devices)
  if (features) {
    const filled = fillIn({ ...domain.features }, { ...features }, FEATURES)
    if (Object.keys(filled).length > 0) domain.features = filled
  }
  if (firmware) applyFirmware(domain, firmware)
  if (machine?.preferredMachineType && !domain.machine?.type) {
    domain.machine = { ...domain.machine, type: machine.preferredMachineType }
  }
  if (clock) applyClock(domain, clock)
  if (preference.preferredSubdomain && !spec.subdomain) {
    spec.subdomain = preference.preferredSubdomain
  }
  if (preference.preferredTerminationGracePeriodSeconds !== undefined) {
    spec.terminationGracePeriodSeconds ??= preference.preferredTerminationGracePeriodSeconds
  }
  if (preference.preferredArchitecture) spec.architecture ??= preference.preferredArchitecture
}

type Fields = Record<string, unknown>

function fillIn(
  target: Fields,
  preferred: Fields,
  fields: readonly (readonly [string, string])[],
): Fields {
  for (const [from, to] of fields) {
    const value = preferred[from]
    if (value !== undefined && target[to] === undefined) target[to] = value
  }
  return target
}

function applyDevices(domain: Domain, preferred: Devices): void {
  const devices = domain.devices as Domain['devices'] & Fields
  fillIn(devices, { ...preferred }, DEVICE_FIELDS)
  if (preferred.preferredDisableHotplug !== undefined) {
    devices.disableHotplug = preferred.preferredDisableHotplug
  }
  if (preferred.preferredSoundModel && devices.sound) {
    devices.sound.model ||= preferred.preferredSoundModel
  }
  for (const disk of devices.disks ?? []) applyDisk(disk, preferred)
  for (const network of devices.interfaces ?? []) {
    if (preferred.preferredInterfaceModel) network.model ||= preferred.preferredInterfaceModel
    const bound = network.bridge ?? network.masquerade ?? network.sriov ?? network.binding
    if (preferred.preferredInterfaceMasquerade && bound === undefined) {
      network.masquerade = preferred.preferredInterfaceMasquerade
    }
  }
  for (const input of devices.inputs ?? []) {
    if (preferred.preferredInputBus) input.bus ||= preferred.preferredInputBus
    if (preferred.preferredInputType) input.type ||= preferred.preferredInputType
  }
}

type Disk = NonNullable<Domain['devices']['disks']>[number]

function applyDisk(disk: Disk, preferred: Devices): void {
  if (!disk.disk && !disk.cdrom && !disk.lun) disk.disk = {}
  if (disk.cdrom) {
    if (preferred.preferredCdromBus) disk.cdrom.bus ||= preferred.preferredCdromBus
    return
  }
  if (disk.lun) {
    if (preferred.preferredLunBus) disk.lun.bus ||= preferred.preferredLunBus
    return
  }
  if (!disk.disk) return
  if (preferred.preferredDiskBus) disk.disk.bus ||= preferred.preferredDiskBus
  if (preferred.preferredDiskBlockSize) disk.blockSize ??= preferred.preferredDiskBlockSize
  if (preferred.preferredDiskCache) disk.cache ||= preferred.preferredDiskCache
  if (preferred.preferredDiskIO) disk.io ||= preferred.preferredDiskIO
  const ioThread = preferred.preferredDiskDedicatedIoThread
  if (ioThread !== undefined && disk.disk.bus === 'virtio') disk.dedicatedIOThread ??= ioThread
}

/** A boot loader that the VM names itself is never changed. */
function applyFirmware(
  domain: Domain,
  preferred: NonNullable<PreferenceSpec['firmware']>,
): void {
  if (domain.firmware?.bootloader) return
  const { preferredUseBios, preferredUseBiosSerial, preferredEfi } = preferred
  const { preferredUseEfi, preferredUseSecureBoot } = preferred
  if (preferredEfi) domain.firmware = { ...domain.firmware, bootloader: { efi: preferredEfi } }
  else if (preferredUseEfi) {
    const efi =
      preferredUseSecureBoot === undefined ? {} : { secureBoot: preferredUseSecureBoot }
    domain.firmware = { ...domain.firmware, bootloader: { efi } }
  } else if (preferredUseBios) {
    const bios =
      preferredUseBiosSerial === undefined ? {} : { useSerial: preferredUseBiosSerial }
    domain.firmware = { ...domain.firmware, bootloader: { bios } }
  }
}

function applyClock(domain: Domain, preferred: NonNullable<PreferenceSpec['clock']>): void {
  const { preferredClockOffset, preferredTimer } = preferred
  const offset = domain.clock?.utc ?? domain.clock?.timezone
  if (preferredClockOffset && offset === undefined) {
    domain.clock = { ...domain.clock, ...preferredClockOffset }
  }
  if (preferredTimer && domain.clock?.timer === undefined) {
    domain.clock = { ...domain.clock, timer: preferredTimer }
  }
}
