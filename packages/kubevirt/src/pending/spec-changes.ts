import { parseQuantity } from '@virtdeck/kubernetes'
import type {
  VirtualMachine,
  VirtualMachineInstance,
  VirtualMachineInstanceSpec,
} from '../types.ts'
import { isOfCluster, referenceOf } from '../instancetypes/reference.ts'
import { contains, isSame } from './contains.ts'
import type { CpuTopology, PendingChange } from './pending-change.ts'

/** What is compared by rules of its own, here or with the devices. */
const COMPARED_IN_SPEC = [
  'domain',
  'hostname',
  'evictionStrategy',
  'nodeSelector',
  'affinity',
  'tolerations',
  'accessCredentials',
  'networks',
  'volumes',
]
const COMPARED_IN_DOMAIN = ['cpu', 'memory', 'resources', 'devices']
const COMPARED_IN_CPU = ['cores', 'sockets', 'threads', 'dedicatedCpuPlacement']

/** Differences between a VM's template and its instance, without disks and NICs. */
export function specChanges(
  virtualMachine: VirtualMachine,
  instance: VirtualMachineInstance,
): PendingChange[] {
  const wanted = virtualMachine.spec.template?.spec
  if (!wanted) return []
  const actual = instance.spec
  return [
    ...choiceChanges(virtualMachine, instance),
    // An instance type has the size: the VM itself says nothing about it.
    ...(virtualMachine.spec.instancetype ? [] : sizeChanges(wanted, actual)),
    ...textChange('hostname', actual.hostname, wanted.hostname),
    // Where the VM leaves it open, admission takes the cluster's.
    ...(wanted.evictionStrategy
      ? textChange('evictionStrategy', actual.evictionStrategy, wanted.evictionStrategy)
      : []),
    ...placementChanges(virtualMachine, actual),
    ...(isSame(actual.accessCredentials, wanted.accessCredentials)
      ? []
      : [{ subject: 'sshKeys' } as const]),
    ...otherChanges(wanted, actual),
  ]
}

function textChange(
  subject: 'hostname' | 'evictionStrategy' | 'instancetype' | 'preference',
  before: string | undefined,
  after: string | undefined,
): PendingChange[] {
  return (before ?? '') === (after ?? '') ? [] : [{ subject, before, after }]
}

/** virt-controller notes an instance type's and preference's name on the instance. */
function choiceChanges(
  { spec }: VirtualMachine,
  { metadata }: VirtualMachineInstance,
): PendingChange[] {
  return (['instancetype', 'preference'] as const).flatMap((choice) => {
    const noun = choice === 'instancetype' ? 'Instancetype' : 'Preference'
    const wanted = spec[choice]
    const own = metadata?.annotations?.[`kubevirt.io/${choice}-name`]
    const name = own ?? metadata?.annotations?.[`kubevirt.io/cluster-${choice}-name`]
    const isMoved = wanted?.name === name && wanted && isOfCluster(wanted) === Boolean(own)
    if (!isMoved) return textChange(choice, name, wanted?.name)
    // The project and the cluster may each have one of that name.
    const noted = { name: name ?? '', ...(own && { kind: `VirtualMachine${noun}` }) }
    return textChange(choice, referenceOf(noted, noun), referenceOf(wanted, noun))
  })
}

function sizeChanges(
  wanted: VirtualMachineInstanceSpec,
  actual: VirtualMachineInstanceSpec,
): PendingChange[] {
  const changes: PendingChange[] = []
  const [before, after] = [topologyOf(actual), topologyOf(wanted)]
  if (!isSame(before, after)) changes.push({ subject: 'cpu', before, after })
  const [memoryBefore, memoryAfter] = [memoryOf(actual), memoryOf(wanted)]
  if (bytesOf(memoryBefore) !== bytesOf(memoryAfter)) {
    changes.push({ subject: 'memory', before: memoryBefore, after: memoryAfter })
  }
  const wasDedicated = actual.domain.cpu?.dedicatedCpuPlacement ?? false
  const isDedicated = wanted.domain.cpu?.dedicatedCpuPlacement ?? false
  if (wasDedicated !== isDedicated) {
    changes.push({ subject: 'dedicatedCpu', before: wasDedicated, after: isDedicated })
  }
  if (isReservedOtherwise(wanted, actual)) changes.push({ subject: 'memoryReservation' })
  return changes
}

/** Admission counts sockets from the requested CPUs where no topology is given. */
function topologyOf({ domain }: VirtualMachineInstanceSpec): CpuTopology {
  const { sockets, cores, threads } = domain.cpu ?? {}
  const { requests, limits } = domain.resources ?? {}
  const asked = limits ?? requests
  const isOpen = !sockets && !cores && !threads
  const counted = isOpen ? Math.ceil(parseQuantity(asked?.['cpu'] ?? '1') ?? 1) : 1
  return { sockets: sockets || Math.max(counted, 1), cores: cores || 1, threads: threads || 1 }
}

const memoryOf = ({ domain }: VirtualMachineInstanceSpec): string | undefined =>
  domain.memory?.guest ?? requestOf(domain) ?? limitOf(domain)

type Domain = VirtualMachineInstanceSpec['domain']
const requestOf = ({ resources }: Domain): string | undefined => resources?.requests?.['memory']
const limitOf = ({ resources }: Domain): string | undefined => resources?.limits?.['memory']

const bytesOf = (quantity: string | undefined): number | undefined =>
  quantity === undefined ? undefined : parseQuantity(quantity)

/** F-35. Without a request of the VM's, admission asks for as much as the guest sees. */
function isReservedOtherwise(
  wanted: VirtualMachineInstanceSpec,
  actual: VirtualMachineInstanceSpec,
): boolean {
  const before = bytesOf(requestOf(actual.domain) ?? actual.domain.memory?.guest)
  const after = bytesOf(requestOf(wanted.domain) ?? actual.domain.memory?.guest)
  const isAsked = requestOf(wanted.domain) !== undefined
  const isSameSize = bytesOf(memoryOf(wanted)) === bytesOf(memoryOf(actual))
  const overhead = ({ domain }: VirtualMachineInstanceSpec) =>
    domain.resources?.overcommitGuestOverhead ?? false
  return overhead(wanted) !== overhead(actual) || ((isAsked || isSameSize) && before !== after)
}

function placementChanges(
  { spec }: VirtualMachine,
  actual: VirtualMachineInstanceSpec,
): PendingChange[] {
  const wanted = spec.template.spec
  // An instance type may bring some of its own.
  const agrees = spec.instancetype ? contains : isSame
  return (['nodeSelector', 'affinity', 'tolerations'] as const)
    .filter((field) => !agrees(actual[field], wanted?.[field]))
    .map((subject) => ({ subject }))
}

/** What has no rule of its own counts as changed where the instance lacks what is asked for. */
function otherChanges(
  wanted: VirtualMachineInstanceSpec,
  actual: VirtualMachineInstanceSpec,
): PendingChange[] {
  const lacking = (at: string, asked: object, has: object, skipped: readonly string[]) =>
    Object.entries(asked)
      .filter(([key]) => !skipped.includes(key))
      .filter(([key, value]) => !contains((has as Record<string, unknown>)[key], value))
      .map(([key]): PendingChange => ({ subject: 'other', path: `${at}${key}` }))
  const { cpu = {}, memory = {} } = wanted.domain
  return [
    ...lacking('', wanted, actual, COMPARED_IN_SPEC),
    ...lacking('domain.', wanted.domain, actual.domain, COMPARED_IN_DOMAIN),
    ...lacking('domain.cpu.', cpu, actual.domain.cpu ?? {}, COMPARED_IN_CPU),
    ...lacking('domain.memory.', memory, actual.domain.memory ?? {}, ['guest']),
    ...lacking('domain.devices.', wanted.domain.devices, actual.domain.devices, [
      'disks',
      'interfaces',
    ]),
  ]
}
