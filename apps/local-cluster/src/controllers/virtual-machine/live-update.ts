import { isDeepStrictEqual } from 'node:util'
import { hasCondition } from '@virtdeck/kubevirt'
import { parseQuantity } from '@virtdeck/kubernetes'
import type { VirtualMachine, VirtualMachineInstance } from '../informers.ts'
import { hotPlugged } from './hot-plug.ts'

type Spec = VirtualMachine['spec']
type InstanceSpec = NonNullable<Spec['template']['spec']>

export interface TemplateChange {
  /** Why only a restart brings the change about; undefined if none is needed. */
  restart?: string
  /** What the running instance takes over at once. */
  live?: Partial<InstanceSpec>
}

const NOT_LIVE = 'a non-live-updatable field was changed in the template spec'
const PLACEMENT = ['nodeSelector', 'affinity', 'tolerations'] as const

/**
 * What an edited template means for the instance that runs (rollout strategy LiveUpdate of
 * virt-controller): placement is taken over at once, hot-plugged volumes are another's business,
 * and all else needs a restart. That goes for sockets and memory too: an instance of this cluster
 * has neither `maxSockets` nor `maxGuest` to grow up to, as virt-controller would say of it.
 */
export function templateChange(
  before: Spec,
  after: Spec,
  instance: VirtualMachineInstance,
): TemplateChange {
  const [old, now] = [before.template.spec, after.template.spec]
  if (!old || !now) return {}
  const placement = Object.fromEntries(
    PLACEMENT.filter((field) => !isDeepStrictEqual(instance.spec[field], now[field])).map(
      (field) => [field, now[field]],
    ),
  )
  const plugged = hotPlugged(instance, now)
  const linked = withLinks({ ...instance.spec, ...plugged }, now)
  const live: Partial<InstanceSpec> = { ...placement, ...plugged, ...linked }
  const change: TemplateChange = Object.keys(live).length > 0 ? { live } : {}
  const restart = restartReason(before, after, instance)
  return restart === undefined ? change : { ...change, restart }
}

/** Cables are pulled and plugged at once (KubeVirt's interface state). */
function withLinks(spec: InstanceSpec, template: InstanceSpec): Partial<InstanceSpec> {
  const { interfaces = [] } = spec.domain.devices
  const wanted = new Map(
    (template.domain.devices.interfaces ?? []).map(({ name, state }) => [name, state]),
  )
  const isDifferent = ({ name, state }: (typeof interfaces)[number]) =>
    wanted.has(name) && linkOf(wanted.get(name)) !== linkOf(state)
  if (!interfaces.some(isDifferent)) return {}
  const linked = interfaces.map((nic) =>
    isDifferent(nic) ? { ...nic, state: linkOf(wanted.get(nic.name)) } : nic,
  )
  const devices = { ...spec.domain.devices, interfaces: linked }
  return { domain: { ...spec.domain, devices } }
}

const linkOf = (state: string | undefined): string => (state === 'down' ? 'down' : 'up')

function restartReason(
  before: Spec,
  after: Spec,
  instance: VirtualMachineInstance,
): string | undefined {
  const [old, now] = [before.template.spec as InstanceSpec, after.template.spec as InstanceSpec]
  const grown = growthReason(old, now, instance)
  if (grown !== undefined) return grown
  const choices = ({ instancetype, preference }: Spec) => ({ instancetype, preference })
  if (!isDeepStrictEqual(choices(before), choices(after))) return NOT_LIVE
  const same = isDeepStrictEqual(fixed(old), fixed(now))
  return same ? undefined : NOT_LIVE
}

/** Guests here have no room to grow into, so more of anything waits like less of it. */
function growthReason(
  old: InstanceSpec,
  now: InstanceSpec,
  instance: VirtualMachineInstance,
): string | undefined {
  const canMigrate = hasCondition(instance, 'LiveMigratable', { status: 'True' })
  const [oldSockets, sockets] = [old.domain.cpu?.sockets ?? 1, now.domain.cpu?.sockets ?? 1]
  if (sockets < oldSockets) return 'Reduction of CPU socket count requires a restart'
  if (sockets > oldSockets) {
    return canMigrate
      ? 'CPU sockets updated in template spec to a value higher than what is available'
      : 'CPU sockets updated in template spec. Hot-plug is only available for migratable VMs'
  }
  const [oldMemory, memory] = [memoryOf(old), memoryOf(now)]
  if (memory < oldMemory) {
    return 'memory updated in template spec to a value lower than what the VM started with'
  }
  if (memory > oldMemory) {
    const why = canMigrate
      ? 'not available for this VM configuration'
      : 'only available for migratable VMs'
    return `memory updated in template spec. Memory-hotplug is ${why}`
  }
  return undefined
}

const memoryOf = ({ domain }: InstanceSpec): number =>
  parseQuantity(String(domain.memory?.guest ?? 0)) ?? 0

/** The part that cannot change under a running guest. */
function fixed(spec: InstanceSpec): unknown {
  const { volumes = [], domain, ...rest } = spec
  const plugged = new Set(
    volumes
      .filter(({ persistentVolumeClaim, dataVolume }) =>
        Boolean(persistentVolumeClaim?.hotpluggable ?? dataVolume?.hotpluggable),
      )
      .map(({ name }) => name),
  )
  const { devices } = domain
  return {
    ...rest,
    nodeSelector: undefined,
    affinity: undefined,
    tolerations: undefined,
    volumes: volumes.filter(({ name }) => !plugged.has(name)),
    domain: {
      ...domain,
      devices: {
        ...devices,
        interfaces: devices.interfaces?.map((nic) =>
          nic.state === 'absent' ? nic : { ...nic, state: undefined },
        ),
        // A drive stays where it is when a medium is put into it.
        disks: (devices.disks ?? []).filter(
          ({ name, cdrom }) => cdrom !== undefined || !plugged.has(name),
        ),
      },
    },
  }
}
