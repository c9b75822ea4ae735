import { bytesToQuantity, parseQuantity } from '@virtdeck/kubernetes'
import type { Choices, InstanceSpec, InstancetypeSpec, PreferenceSpec } from './types.ts'

const DEFAULT_RATIO = 2
const THREADS_PER_CORE = 2

type Topology = { sockets: number; cores: number; threads: number }

/** Writes an instance type into a VMI's spec, which is changed; conflicts are looked for before. */
export function applyInstancetype(
  spec: InstanceSpec,
  instancetype: InstancetypeSpec,
  preference: Choices['preference'],
): void {
  const { domain } = spec
  const { cpu, memory } = instancetype
  const { guest, model, dedicatedCPUPlacement, isolateEmulatorThread, numa, realtime } = cpu
  domain.cpu = {
    ...domain.cpu,
    ...(model !== undefined && { model }),
    ...(dedicatedCPUPlacement !== undefined && {
      dedicatedCpuPlacement: dedicatedCPUPlacement,
    }),
    ...(isolateEmulatorThread !== undefined && { isolateEmulatorThread }),
    ...(numa && { numa }),
    ...(realtime && { realtime }),
    ...(cpu.maxSockets !== undefined && { maxSockets: cpu.maxSockets }),
    ...topologyOf(guest, preference),
  }
  domain.memory = {
    ...domain.memory,
    guest: memory.guest,
    ...(memory.hugepages && { hugepages: memory.hugepages }),
    ...(memory.maxGuest !== undefined && { maxGuest: memory.maxGuest }),
  }
  overcommit(spec, memory)
  const { ioThreadsPolicy, ioThreads, launchSecurity, gpus, hostDevices } = instancetype
  if (ioThreadsPolicy) domain.ioThreadsPolicy = ioThreadsPolicy
  if (ioThreads) domain.ioThreads = ioThreads
  if (launchSecurity) domain.launchSecurity = launchSecurity
  if (gpus?.length) domain.devices.gpus = gpus
  if (hostDevices?.length) domain.devices.hostDevices = hostDevices
  if (instancetype.nodeSelector) spec.nodeSelector = { ...instancetype.nodeSelector }
  if (instancetype.schedulerName) spec.schedulerName = instancetype.schedulerName
}

/** A pod that may ask for less memory than its guest gets. */
function overcommit({ domain }: InstanceSpec, memory: InstancetypeSpec['memory']): void {
  const { overcommitPercent = 0, guest } = memory
  if (overcommitPercent <= 0) return
  const bytes = (parseQuantity(String(guest)) ?? 0) * (1 - overcommitPercent / 100)
  const requests = { ...domain.resources?.requests, memory: bytesToQuantity(Math.floor(bytes)) }
  domain.resources = { ...domain.resources, requests }
}

/** How vCPUs become sockets, cores and threads: as the preference likes it, else all sockets. */
function topologyOf(vcpus: number, preference: PreferenceSpec | undefined): Topology {
  const one = { sockets: 1, cores: 1, threads: 1 }
  if (vcpus === 1) return one
  switch (preference?.cpu?.preferredCPUTopology) {
    case 'cores':
    case 'preferCores':
      return { ...one, cores: vcpus }
    case 'threads':
    case 'preferThreads':
      return { ...one, threads: vcpus }
    case 'spread':
    case 'preferSpread':
      return spread(vcpus, preference)
    default:
      return { ...one, sockets: vcpus }
  }
}

function spread(vcpus: number, preference: PreferenceSpec): Topology {
  const { ratio: given, across } = preference.cpu?.spreadOptions ?? {}
  const ratio = given ?? (preference.preferSpreadSocketToCoreRatio || DEFAULT_RATIO)
  switch (across) {
    case 'CoresThreads':
      return { sockets: 1, cores: vcpus / ratio, threads: ratio }
    case 'SocketsCoresThreads':
      return {
        sockets: vcpus / THREADS_PER_CORE / ratio,
        cores: ratio,
        threads: THREADS_PER_CORE,
      }
    default:
      return { sockets: vcpus / ratio, cores: ratio, threads: 1 }
  }
}

/** Why the vCPUs of an instance type cannot be spread as the preference wants it. */
export function spreadProblem({ instancetype, preference }: Choices): string | undefined {
  if (!instancetype || !preference || instancetype.cpu.guest === 1) return undefined
  const topology = topologyOf(instancetype.cpu.guest, preference)
  const whole = Object.values(topology).every((count) => Number.isInteger(count) && count > 0)
  return whole ? undefined : 'spec.instancetype'
}
