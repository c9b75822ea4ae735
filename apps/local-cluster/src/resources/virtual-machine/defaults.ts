import { randomUUID } from 'node:crypto'
import type {
  V1DomainSpec as DomainSpec,
  V1FeatureHyperv as FeatureHyperv,
  V1VirtualMachine as VirtualMachine,
  V1VirtualMachineInstanceSpec as InstanceSpec,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

type MachineSpec = VirtualMachine['spec']
type Resources = NonNullable<DomainSpec['resources']>

export const ARCHITECTURE = 'amd64'
const MACHINE_TYPE = 'q35'

/**
 * What virt-api's mutating webhook leaves in a VM. Since KubeVirt 1.0 it also sets the
 * architecture, and since 1.5 it fixes the firmware's identity at creation, so that a copy of the
 * VM's object elsewhere boots the same machine.
 */
export function defaultVirtualMachine({ spec }: VirtualMachine): void {
  const { template, dataVolumeTemplates, instancetype, preference } = spec
  // Go marshals embedded metadata with a null creation time.
  template.metadata = withNullTime(template.metadata)
  for (const volume of dataVolumeTemplates ?? [])
    volume.metadata = withNullTime(volume.metadata)
  if (instancetype) instancetype.kind ??= 'VirtualMachineClusterInstancetype'
  if (preference) preference.kind ??= 'VirtualMachineClusterPreference'
  if (!template.spec) return
  template.spec.architecture ??= ARCHITECTURE
  const { domain } = template.spec
  domain.resources ??= {}
  defaultMachine(domain)
  domain.firmware ??= {}
  domain.firmware.uuid ??= randomUUID()
  domain.firmware.serial ??= randomUUID()
}

/** The webhook writes the spec anew, and Go marshals embedded metadata with a null creation time. */
export function defaultEmbeddedMetadata({ spec }: VirtualMachine): void {
  const { template, dataVolumeTemplates } = spec
  template.metadata = withNullTime(template.metadata)
  for (const volume of dataVolumeTemplates ?? [])
    volume.metadata = withNullTime(volume.metadata)
}

function withNullTime<T extends object>(metadata: T | undefined): T {
  return { creationTimestamp: null, ...metadata } as unknown as T
}

function defaultMachine(domain: DomainSpec): void {
  if (!domain.machine?.type) domain.machine = { ...domain.machine, type: MACHINE_TYPE }
}

/** What the mutating webhook of VMIs fills in. */
export function defaultInstance(spec: InstanceSpec): void {
  spec.architecture ??= ARCHITECTURE
  spec.evictionStrategy ??= 'None'
  const { domain } = spec
  defaultMachine(domain)
  domain.firmware ??= {}
  domain.firmware.uuid ??= randomUUID()
  domain.features ??= {}
  domain.features.acpi ??= { enabled: true }
  defaultHyperv(domain.features.hyperv)
  defaultCpu(domain)
  defaultMemory(domain)
  defaultNetwork(spec)
  defaultDisks(spec)
}

/** Features bring along what they need, unless that is switched off. */
function defaultHyperv(hyperv: FeatureHyperv | undefined): void {
  if (!hyperv) return
  const needs = [
    ['evmcs', 'vapic'],
    ['ipi', 'vpindex'],
    ['tlbflush', 'vpindex'],
    ['synictimer', 'synic'],
    ['synic', 'vpindex'],
  ] as const
  for (const [feature, needed] of needs) {
    if (hyperv[feature]?.enabled !== true) continue
    hyperv[needed] = { enabled: true, ...hyperv[needed] }
  }
}

function defaultCpu(domain: DomainSpec): void {
  const cpu = (domain.cpu ??= {})
  const limit = Number.parseInt(String(domain.resources?.requests?.cpu ?? ''), 10)
  const topologyGiven = cpu.cores || cpu.sockets || cpu.threads
  cpu.cores ||= 1
  cpu.sockets ||= topologyGiven || !(limit > 1) ? 1 : limit
  cpu.threads ||= 1
  cpu.model ||= 'host-model'
}

function defaultMemory(domain: DomainSpec): void {
  domain.resources = withMemoryRequest(domain)
}

function withMemoryRequest({ memory, resources = {} }: DomainSpec): Resources {
  const request = memory?.guest ?? resources.limits?.memory
  if (request === undefined || resources.requests?.memory !== undefined) return resources
  return { ...resources, requests: { ...resources.requests, memory: request } }
}

/** A VM as it is judged: its instances will ask for their guest's memory unless told. */
export function withDefaultRequests(spec: MachineSpec): MachineSpec {
  const instance = spec.template?.spec
  if (!instance) return spec
  const domain = { ...instance.domain, resources: withMemoryRequest(instance.domain) }
  return { ...spec, template: { ...spec.template, spec: { ...instance, domain } } }
}

/** KubeVirt itself would bridge; the hyper-converged operator sets masquerade for a cluster. */
function defaultNetwork(spec: InstanceSpec): void {
  const { devices } = spec.domain
  if (devices.autoattachPodInterface === false) return
  if (devices.interfaces?.length || spec.networks?.length) return
  devices.interfaces = [{ name: 'default', masquerade: {} }]
  spec.networks = [{ name: 'default', pod: {} }]
}

function defaultDisks(spec: InstanceSpec): void {
  const { devices } = spec.domain
  const names = new Set(
    [...(devices.disks ?? []), ...(devices.filesystems ?? [])].map(({ name }) => name),
  )
  for (const { name, memoryDump } of spec.volumes ?? []) {
    if (names.has(name) || memoryDump) continue
    devices.disks = [...(devices.disks ?? []), { name, disk: { bus: 'virtio' } }]
  }
  for (const disk of devices.disks ?? []) {
    if (!disk.disk && !disk.lun && !disk.cdrom) disk.disk = { bus: 'virtio' }
    const target = disk.disk ?? disk.lun ?? disk.cdrom
    if (target) target.bus ||= 'sata'
  }
  for (const { containerDisk } of spec.volumes ?? []) {
    if (!containerDisk) continue
    containerDisk.imagePullPolicy ??= isLatest(containerDisk.image) ? 'Always' : 'IfNotPresent'
  }
}

function isLatest(image: string): boolean {
  const name = image.slice(image.lastIndexOf('/') + 1)
  return !name.includes('@') && (!name.includes(':') || name.endsWith(':latest'))
}
