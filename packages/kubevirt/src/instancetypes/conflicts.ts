import type { InstanceSpec, InstancetypeSpec } from './types.ts'

type Field = readonly [path: string, owned: (instancetype: InstancetypeSpec) => unknown]

const always = (): true => true

/** What an instance type may set; fields it always sets, and others when it does. */
const FIELDS: readonly Field[] = [
  ['domain.resources.requests.cpu', always],
  ['domain.resources.limits.cpu', always],
  ['domain.cpu.sockets', always],
  ['domain.cpu.cores', always],
  ['domain.cpu.threads', always],
  ['domain.cpu.model', ({ cpu }) => cpu.model],
  // Said as the instance type spells it.
  ['domain.cpu.dedicatedCPUPlacement', ({ cpu }) => cpu.dedicatedCPUPlacement],
  ['domain.cpu.isolateEmulatorThread', ({ cpu }) => cpu.isolateEmulatorThread],
  ['domain.cpu.numa', ({ cpu }) => cpu.numa],
  ['domain.cpu.realtime', ({ cpu }) => cpu.realtime],
  ['domain.memory.guest', always],
  ['domain.memory.hugepages', ({ memory }) => memory.hugepages],
  ['domain.memory.maxGuest', ({ memory }) => memory.maxGuest],
  ['domain.resources.requests.memory', always],
  ['domain.resources.limits.memory', always],
  ['domain.ioThreadsPolicy', ({ ioThreadsPolicy }) => ioThreadsPolicy],
  ['domain.ioThreads', ({ ioThreads }) => ioThreads],
  ['domain.launchSecurity', ({ launchSecurity }) => launchSecurity],
  ['domain.devices.gpus', ({ gpus }) => gpus?.length],
  ['domain.devices.hostDevices', ({ hostDevices }) => hostDevices?.length],
  ['nodeSelector', ({ nodeSelector }) => nodeSelector],
  ['schedulerName', ({ schedulerName }) => schedulerName],
]

/**
 * The fields of a VMI's spec that an instance type would set although they are set already;
 * `at` is where that spec stands. Source: KubeVirt `pkg/instancetype/apply`.
 */
export function instancetypeConflicts(
  instancetype: InstancetypeSpec,
  spec: InstanceSpec,
  at: string,
): string[] {
  return FIELDS.filter(
    ([path, owned]) => Boolean(owned(instancetype)) && isSet(spec, path),
  ).map(([path]) => `${at}.${path}`)
}

/** As Go sees it: zero, false and empty are not set. */
function isSet(object: unknown, path: string): boolean {
  let value = object
  for (const step of path.split('.')) {
    const field = step === 'dedicatedCPUPlacement' ? 'dedicatedCpuPlacement' : step
    value = (value as Record<string, unknown> | null | undefined)?.[field]
    if (value === undefined || value === null) return false
  }
  if (Array.isArray(value)) return value.length > 0
  return Boolean(value)
}
