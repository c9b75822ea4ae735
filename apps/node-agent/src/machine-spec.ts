import { createHash } from 'node:crypto'
import type {
  V1Disk,
  V1Interface,
  V1VirtualMachineInstance as VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { parseQuantity } from '@virtdeck/kubernetes'
import type {
  DiskBus,
  ForwardedPort,
  GuestCpu,
  GuestDisk,
  GuestInterface,
  GuestNetwork,
  GuestSpec,
} from './guest-spec.ts'
import { hardwareOf } from './hardware-spec.ts'
import { MASQUERADE_ADDRESS } from './network/user-network.ts'

/** All of a guest's description that is in the VMI itself: its disks' files are not. */
export type MachineSpec = Omit<GuestSpec, 'disks'>

const MIB = 1024 * 1024
const NIC_MODELS = ['virtio', 'e1000', 'e1000e', 'rtl8139'] as const

export function machineSpecOf(
  instance: VirtualMachineInstance,
  podAddress: string | undefined,
): MachineSpec {
  const { metadata, spec } = instance
  const { domain } = spec
  const { name = '', namespace = '', uid = '' } = metadata ?? {}
  const { firmware, devices } = domain
  const spec_: MachineSpec = {
    name,
    namespace,
    hostname: spec.hostname ?? name,
    uuid: firmware?.uuid ?? uid,
    cpu: cpuOf(instance),
    memoryBytes: memoryOf(instance),
    firmware: firmware?.bootloader?.efi ? 'efi' : 'bios',
    hardware: hardwareOf(domain),
    graphics: devices.autoattachGraphicsDevice !== false,
    serialConsole: devices.autoattachSerialConsole !== false,
    interfaces: (devices.interfaces ?? []).map((nic, index) =>
      interfaceOf(nic, { instance, index, podAddress }),
    ),
  }
  return firmware?.serial === undefined ? spec_ : { ...spec_, serial: firmware.serial }
}

function cpuOf({ spec }: VirtualMachineInstance): GuestCpu {
  const { cpu, resources } = spec.domain
  const requests = (resources?.requests ?? {}) as Record<string, string>
  const limits = (resources?.limits ?? {}) as Record<string, string>
  const quantity = requests['cpu'] ?? limits['cpu']
  const requested = quantity === undefined ? 1 : Math.ceil(parseQuantity(quantity) ?? 1)
  const hasTopology = Boolean(cpu?.sockets ?? cpu?.cores ?? cpu?.threads)
  return {
    sockets: cpu?.sockets ?? (hasTopology ? 1 : Math.max(1, requested)),
    cores: cpu?.cores ?? 1,
    threads: cpu?.threads ?? 1,
    ...(cpu?.model && { model: cpu.model }),
    ...(cpu?.features && { features: cpu.features.map(cpuFeature) }),
  }
}

/** Source: kubevirt `api/core/v1` CPUFeature: what is neither disabled nor forbidden is there. */
function cpuFeature({ name, policy }: { name: string; policy?: string }): string {
  return policy === 'disable' || policy === 'forbid' ? `-${name}` : `+${name}`
}

function memoryOf({ spec }: VirtualMachineInstance): number {
  const { memory, resources } = spec.domain
  const requests = (resources?.requests ?? {}) as Record<string, string>
  const limits = (resources?.limits ?? {}) as Record<string, string>
  const quantity = memory?.guest ?? requests['memory'] ?? limits['memory']
  const bytes = quantity === undefined ? undefined : parseQuantity(quantity)
  if (bytes === undefined || bytes < MIB) {
    throw new Error(`the memory "${quantity ?? ''}" is no size that a guest can have`)
  }
  return bytes
}

function networkOf(nic: V1Interface, context: InterfaceContext): GuestNetwork {
  const { instance, index, podAddress } = context
  const network = instance.spec.networks?.find(({ name }) => name === nic.name)
  if (network?.multus) {
    const { networkName } = network.multus
    const qualified = networkName.includes('/')
    const attachment = qualified
      ? networkName
      : `${instance.metadata?.namespace}/${networkName}`
    return { kind: 'bridge', attachment }
  }
  const masquerade = MASQUERADE_ADDRESS.replace(/\.2\.2$/, `.${2 + index}.2`)
  const ports = nic.ports?.map(({ port, protocol }): ForwardedPort => ({
    port,
    protocol: protocol?.toLowerCase() === 'udp' ? 'udp' : 'tcp',
  }))
  return {
    kind: 'user',
    // With a bridge the guest has the pod's own address; masquerade hides it behind that.
    address: nic.bridge && podAddress ? podAddress : masquerade,
    // Source: kubevirt `pkg/network/setup/masquerade`: no list forwards everything, and a bridge
    // leaves the guest's ports alone.
    ...(ports !== undefined && ports.length > 0 && !nic.bridge && { ports }),
  }
}

interface InterfaceContext {
  instance: VirtualMachineInstance
  index: number
  podAddress: string | undefined
}

function interfaceOf(nic: V1Interface, context: InterfaceContext): GuestInterface {
  const model = NIC_MODELS.find((known) => known === nic.model) ?? 'virtio'
  return {
    name: nic.name,
    macAddress: (nic.macAddress ?? macAddressFor(context.instance, nic.name)).replaceAll(
      '-',
      ':',
    ),
    model,
    ...(nic.bootOrder !== undefined && { bootOrder: nic.bootOrder }),
    network: networkOf(nic, context),
  }
}

/** Always the same for a VM's interface, so that the guest finds its network card again. */
function macAddressFor({ metadata }: VirtualMachineInstance, nicName: string): string {
  const name = `${metadata?.namespace}/${metadata?.name}/${nicName}`
  const hash = createHash('sha256').update(name).digest()
  const bytes = [0x02, ...hash.subarray(0, 5)]
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':')
}

/** All of a disk's description that is in the VMI: its file is not. */
export type DiskShape = Omit<GuestDisk, 'name' | 'file' | 'format'>

const BUSES: DiskBus[] = ['virtio', 'scsi', 'usb']

/** Source: kubevirt `pkg/defaults`: a disk that says nothing about its bus is SATA. */
export function diskShapeOf(asked: V1Disk): DiskShape {
  const { disk, cdrom, lun, bootOrder, serial, shareable } = asked
  const bus = disk?.bus ?? cdrom?.bus ?? lun?.bus
  return {
    bus: BUSES.find((known) => known === bus) ?? 'sata',
    cdrom: cdrom !== undefined,
    readOnly: disk?.readonly ?? lun?.readonly ?? cdrom !== undefined,
    ...(bootOrder !== undefined && { bootOrder }),
    ...(serial !== undefined && { serial }),
    ...(shareable && { shareable }),
    ...tuningOf(asked),
  }
}

const CACHES = ['none', 'writethrough', 'writeback'] as const
const ERROR_POLICIES = ['stop', 'ignore', 'report', 'enospace'] as const

function tuningOf({ cache, io, errorPolicy, blockSize }: V1Disk): Partial<DiskShape> {
  const knownCache = CACHES.find((known) => known === cache)
  const knownPolicy = ERROR_POLICIES.find((known) => known === errorPolicy)
  const { logical, physical } = blockSize?.custom ?? {}
  return {
    ...(knownCache && { cache: knownCache }),
    ...((io === 'native' || io === 'threads') && { io }),
    ...(knownPolicy && { errorPolicy: knownPolicy }),
    ...(logical !== undefined &&
      physical !== undefined && { blockSize: { logical, physical } }),
  }
}
