import type { VirtualMachineInstanceSpec } from '../types.ts'
import { attachmentsOf } from './attachments.ts'
import { memoryRequestOf, sizeOfFlavor } from './flavors.ts'
import { interfaceOf, networkOf } from './network-interface.ts'
import { POD_NETWORK } from './networking-values.ts'
import { isWindows } from './operating-systems.ts'
import type { GeneralValues, VirtualMachineCreateValues } from './values.ts'
import { windowsDevices, windowsDomain } from './windows.ts'

type Domain = VirtualMachineInstanceSpec['domain']

/** The guest: what was chosen over what the template's VM has. */
export function instanceSpec(
  values: VirtualMachineCreateValues,
  base: VirtualMachineInstanceSpec | undefined,
): VirtualMachineInstanceSpec {
  const { cloudInit } = values.general
  const hostname = cloudInit.enabled && cloudInit.mode === 'fields' ? cloudInit.hostname : ''
  const { networks: _networks, volumes: _volumes, ...unasked } = base ?? {}
  const { nics } = values.networking
  return {
    ...unasked,
    ...(hostname !== '' && { hostname }),
    domain: domainOf(values, base?.domain),
    ...(nics.length > 0 && { networks: nics.map(networkOf) }),
    volumes: attachmentsOf(values).map(({ volume }) => volume),
  }
}

function domainOf(values: VirtualMachineCreateValues, base: Domain | undefined): Domain {
  const { general } = values
  const { workloadProfile, operatingSystem } = general
  return {
    ...(isBareWindows(general, base) && windowsDomain(operatingSystem)),
    ...unsized(general, base),
    ...sizeOf(general, base),
    ...(workloadProfile === 'highPerformance' && { ioThreadsPolicy: 'shared' }),
    devices: devicesOf(values, base),
  }
}

/** A template or a preference knows better what its Windows wants. */
const isBareWindows = (general: GeneralValues, base: Domain | undefined): boolean =>
  !base && general.preference === '' && isWindows(general.operatingSystem)

function devicesOf(
  values: VirtualMachineCreateValues,
  base: Domain | undefined,
): Domain['devices'] {
  const { general, networking } = values
  const { workloadProfile, operatingSystem, source } = general
  const { nics, bootNic } = networking
  return {
    ...base?.devices,
    ...(!nics.some(({ network }) => network === POD_NETWORK) && {
      autoattachPodInterface: false,
    }),
    ...(workloadProfile === 'highPerformance' && { networkInterfaceMultiqueue: true }),
    // An absolute pointer: the mouse in the VNC console is where one points.
    ...(workloadProfile === 'desktop' && {
      inputs: [{ name: 'tablet', type: 'tablet', bus: 'usb' }],
    }),
    ...(isBareWindows(general, base) && windowsDevices(operatingSystem)),
    disks: attachmentsOf(values).map(({ disk }) => disk),
    interfaces: nics.map((nic) =>
      interfaceOf(nic, { isBootNic: source === 'pxe' && nic.name === bootNic }),
    ),
  }
}

/** CPUs and memory; an instance type brings its own, and KubeVirt refuses both together. */
function sizeOf(general: GeneralValues, base: Domain | undefined): Partial<Domain> {
  if (general.sizing === 'instancetype') return {}
  const { cpus, memory } = sizeOfFlavor(general)
  const request = memoryRequestOf(general)
  const resources = {
    ...base?.resources,
    // Asked beside the custom size only.
    ...(general.flavor === 'custom' &&
      general.overcommitGuestOverhead && { overcommitGuestOverhead: true }),
    ...(request !== undefined && {
      requests: { ...base?.resources?.requests, memory: request },
    }),
  }
  return {
    cpu: { ...base?.cpu, cores: cpus, sockets: 1, threads: 1 },
    memory: { ...base?.memory, guest: memory },
    ...(Object.keys(resources).length > 0 && { resources }),
  }
}

/** A template's domain without the size, which an instance type has for it. */
function unsized(general: GeneralValues, base: Domain | undefined): Partial<Domain> {
  if (!base || general.sizing !== 'instancetype') return base ?? {}
  const { cpu: _cpu, memory: _memory, resources: _resources, ...domain } = base
  return domain
}
