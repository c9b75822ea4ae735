import type {
  V1VirtualMachineInstance as VirtualMachineInstance,
  V1VirtualMachineInstanceCondition as Condition,
  V1VirtualMachineInstanceStatus as InstanceStatus,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { bytesToQuantity } from '@virtdeck/kubernetes'
import { timestamp } from './event-recorder.ts'
import type { AgentFacts } from './guest-agent/facts.ts'
import type { VolumeState } from './disk-plugging.ts'
import { isPluggable } from './disks/volumes.ts'
import type { DiskBus } from './guest-spec.ts'
import { diskShapeOf, machineSpecOf } from './machine-spec.ts'

/** A condition as the agent wants it; times are filled in. */
type WantedCondition = Pick<Condition, 'type' | 'status'> & {
  reason?: string
  message?: string
}

/** The published type leaves the time out. */
type TimedCondition = Condition & { lastTransitionTime?: string }

export interface ObservedGuest {
  paused: boolean
  pausedBy: 'user' | 'io-error'
  podAddress: string | undefined
  simulated: boolean
  /** What QEMU calls the machine. */
  machineType: string | undefined
  /** What the guest agent told; undefined: none is connected. */
  agent: AgentFacts | undefined
  /** How far hot-plugged volumes are. */
  volumes?: ReadonlyMap<string, VolumeState>
}

const PAUSED = 'Paused'
const AGENT_CONNECTED = 'AgentConnected'

const PAUSE_REASONS = {
  user: { reason: 'PausedByUser', message: 'VMI was paused by user' },
  'io-error': {
    reason: 'PausedIOError',
    message: 'VMI was paused, low-level IO error detected',
  },
} as const

/** The status of a VMI whose guest runs. */
export function runningStatus(
  instance: VirtualMachineInstance,
  observed: ObservedGuest,
): InstanceStatus {
  const { status = {} } = instance
  const { paused, pausedBy, simulated, agent, machineType } = observed
  const conditions = withConditions(status.conditions, [
    paused
      ? {
          type: 'Ready',
          status: 'False',
          reason: 'ReadinessGatesNotReady',
          message:
            'corresponding condition of pod readiness gate "kubevirt.io/virtual-machine-unpaused" does not exist.',
        }
      : { type: 'Ready', status: 'True' },
    {
      type: 'LiveMigratable',
      status: 'False',
      reason: 'HypervisorNotLiveMigratable',
      message: simulated
        ? 'cannot migrate VMI: it is simulated'
        : 'cannot migrate VMI: this node does not migrate guests',
    },
    { type: 'StorageLiveMigratable', status: 'True' },
    paused
      ? { type: PAUSED, status: 'True', ...PAUSE_REASONS[pausedBy] }
      : { type: PAUSED, status: 'False' },
    { type: AGENT_CONNECTED, status: agent ? 'True' : 'False' },
    { type: 'Synchronized', status: 'True' },
  ])
  const { cpu, memoryBytes } = machineSpecOf(instance, observed.podAddress)
  const memory = bytesToQuantity(memoryBytes)
  const { fsFreezeStatus: _, ...before } = status
  return {
    ...before,
    ...phaseChange(status, 'Running'),
    // KubeVirt has no condition "Paused: False": it takes the condition away.
    conditions: conditions.filter(
      ({ type, status: value }) =>
        (type !== PAUSED && type !== AGENT_CONNECTED) || value === 'True',
    ),
    interfaces: interfacesOf(instance, observed),
    currentCPUTopology: { sockets: cpu.sockets, cores: cpu.cores, threads: cpu.threads },
    memory: { guestAtBoot: memory, guestCurrent: memory, guestRequested: memory },
    volumeStatus: volumeStatusOf(instance, observed.volumes),
    guestOSInfo: agent?.os ?? {},
    ...(agent?.frozen && { fsFreezeStatus: 'frozen' }),
    ...(machineType !== undefined && { machine: { type: machineType } }),
  }
}

/** The status of a VMI whose guest has come to its end. */
export function finalStatus(
  { status = {} }: VirtualMachineInstance,
  phase: 'Succeeded' | 'Failed',
): InstanceStatus {
  const conditions = withConditions(status.conditions, [
    {
      type: 'Ready',
      status: 'False',
      reason: 'GuestNotRunning',
      message: 'Guest VM is not reported as running',
    },
  ])
  return {
    ...status,
    ...phaseChange(status, phase),
    conditions: conditions.filter(({ type }) => type !== PAUSED && type !== AGENT_CONNECTED),
  }
}

/** The status of a VMI whose guest cannot be started for now. */
export function unsynchronizedStatus(
  { status = {} }: VirtualMachineInstance,
  message: string,
): InstanceStatus {
  const reason = 'Synchronizing with the Domain failed.'
  const wanted = { type: 'Synchronized', status: 'False', reason, message }
  return { ...status, conditions: withConditions(status.conditions, [wanted]) }
}

function phaseChange(status: InstanceStatus, phase: string): Partial<InstanceStatus> {
  if (status.phase === phase) return {}
  const others = (status.phaseTransitionTimestamps ?? []).filter(
    (entry) => entry.phase !== phase,
  )
  const entry = { phase, phaseTransitionTimestamp: timestamp() }
  return { phase, phaseTransitionTimestamps: [...others, entry] }
}

/** Replaces conditions by type; one that stays the same keeps its time. */
function withConditions(before: Condition[] = [], wanted: WantedCondition[]): Condition[] {
  const result = before.filter(({ type }) => !wanted.some((one) => one.type === type))
  for (const condition of wanted) {
    const old: TimedCondition | undefined = before.find(({ type }) => type === condition.type)
    const same = old?.status === condition.status ? old.lastTransitionTime : undefined
    const timed: TimedCondition = { ...condition, lastTransitionTime: same ?? timestamp() }
    result.push(timed)
  }
  return result
}

function interfacesOf(instance: VirtualMachineInstance, observed: ObservedGuest) {
  const { podAddress, agent } = observed
  const { interfaces } = machineSpecOf(instance, podAddress)
  const told = agent?.interfaces ?? []
  const downs = new Set(
    (instance.spec.domain.devices.interfaces ?? [])
      .filter(({ state }) => state === 'down')
      .map(({ name }) => name),
  )
  const own = interfaces.map(({ name, macAddress, network }, index) => {
    const seen = told.find(({ mac }) => mac.toLowerCase() === macAddress.toLowerCase())
    // What reaches the guest on the pod network is its pod's address; the one that it sees
    // itself behind a masquerade is its own affair.
    const addresses =
      network.kind === 'user' && podAddress !== undefined
        ? [podAddress]
        : (seen?.addresses ?? [])
    return {
      name,
      mac: macAddress,
      ...addressesOf(addresses),
      interfaceName: seen?.name ?? `eth${index}`,
      infoSource: seen ? 'domain, guest-agent' : 'domain',
      linkState: downs.has(name) ? 'down' : 'up',
      queueCount: 1,
    }
  })
  const others = told
    .filter(({ mac }) => mac !== '' && !own.some((one) => one.mac === mac.toLowerCase()))
    .map(({ name, mac, addresses }) => ({
      mac,
      ...addressesOf(addresses),
      interfaceName: name,
      infoSource: 'guest-agent',
    }))
  return [...own, ...others]
}

const addressesOf = (addresses: string[]) => {
  const [ipAddress] = addresses
  return ipAddress === undefined ? {} : { ipAddress, ipAddresses: addresses }
}

const DEVICE_PREFIX: Record<DiskBus, string> = {
  virtio: 'vd',
  sata: 'sd',
  scsi: 'sd',
  usb: 'sd',
}

function volumeStatusOf(
  { spec }: VirtualMachineInstance,
  states: ReadonlyMap<string, VolumeState> = new Map(),
) {
  const counts = new Map<string, number>()
  const disks = spec.domain.devices.disks ?? []
  const statuses = disks.flatMap((disk) => {
    const { bus, cdrom } = diskShapeOf(disk)
    const prefix = cdrom ? 'sr' : DEVICE_PREFIX[bus]
    const index = counts.get(prefix) ?? 0
    counts.set(prefix, index + 1)
    const letter = cdrom ? String(index) : String.fromCharCode('a'.charCodeAt(0) + index)
    const volume = spec.volumes?.find(({ name }) => name === disk.name)
    // A drive with nothing in it is no volume.
    if (volume === undefined) return []
    const state = states.get(disk.name)
    const attached = state === undefined || state.phase === 'Ready'
    const claimName = volume.persistentVolumeClaim?.claimName ?? volume.dataVolume?.name
    return {
      name: disk.name,
      target: attached ? `${prefix}${letter}` : '',
      ...(claimName !== undefined && { persistentVolumeClaimInfo: { claimName } }),
      ...(isPluggable(volume) && {
        ...(state ?? { phase: 'Ready', reason: 'VolumeReady', message: READY }),
        hotplugVolume: {},
      }),
    }
  })
  const leaving = [...states]
    .filter(([name]) => !disks.some((disk) => disk.name === name))
    .map(([name, state]) => ({ name, target: '', ...state, hotplugVolume: {} }))
  return [...statuses, ...leaving]
}

const READY = 'Successfully attach hotplugged volume to VM'
