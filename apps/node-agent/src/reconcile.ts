import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type {
  V1VirtualMachineInstance as VirtualMachineInstance,
  V1VirtualMachineInstanceStatus as InstanceStatus,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { RESOURCES, type KubernetesClient, type RequeueAfter } from '@virtdeck/kubernetes'
import type { BootSlots } from './boot-slots.ts'
import { DiskPlugging } from './disk-plugging.ts'
import { prepareDisks } from './disks/volumes.ts'
import type { ImageStore } from './disks/image-store.ts'
import type { Driver } from './drivers/driver.ts'
import type { EventRecorder } from './event-recorder.ts'
import type { Guests } from './guests.ts'
import { finalStatus, runningStatus, unsynchronizedStatus } from './instance-status.ts'
import { messageOf } from './log.ts'
import { mergePatch } from './merge-patch.ts'
import { machineSpecOf } from './machine-spec.ts'
import type { NodeNetwork } from './network/node-network.ts'
import type { RunningGuest } from './running-guest.ts'
import { expectSupported } from './unsupported.ts'

export interface ReconcilerOptions {
  nodeName: string
  client: KubernetesClient
  driver: Driver
  guests: Guests
  network: NodeNetwork
  slots: BootSlots
  store: ImageStore
  events: EventRecorder
  /** From the informers' caches. */
  findInstance: (key: string) => VirtualMachineInstance | undefined
  findPod: (instanceUid: string) => Pod | undefined
}

/** Tells users (and the console) that no hypervisor runs this guest. */
export const SIMULATED_ANNOTATION = 'virtdeck.io/simulated'

const NODE_LABEL = 'kubevirt.io/nodeName'
const DEFAULT_GRACE_SECONDS = 30
/** Guests do not listen to the power button while their firmware or boot loader runs. */
const POWER_DOWN_AGAIN_MS = 3_000
const SLOT_RETRY_MS = 200
const POD_RETRY_MS = 200

/** What virt-handler does: keeps the guests of this node as their VMIs want them. */
export class InstanceReconciler {
  readonly #options: ReconcilerOptions
  readonly #plugging: DiskPlugging

  constructor(options: ReconcilerOptions) {
    this.#options = options
    this.#plugging = new DiskPlugging({ ...options, files: options.driver.heavy })
  }

  async reconcile(key: string): Promise<RequeueAfter | void> {
    const { guests, findInstance, nodeName } = this.#options
    const instance = findInstance(key)
    const uid = instance?.metadata?.uid
    // Guests of this name whose VMI is gone, perhaps replaced by a new one.
    for (const other of guests.uidsNamed(key)) {
      if (other !== uid) await guests.remove(key, other)
    }
    if (!instance || !uid || instance.metadata?.labels?.[NODE_LABEL] !== nodeName) return
    const running = guests.get(uid)
    switch (instance.status?.phase) {
      case 'Scheduled':
      case 'Running':
        if (running?.end) return this.#finish(instance, running)
        if (instance.metadata.deletionTimestamp) return this.#stop(instance, running)
        return running ? this.#observe(instance, running) : this.#start(instance, uid)
      default:
        return undefined
    }
  }

  async #start(instance: VirtualMachineInstance, uid: string): Promise<RequeueAfter | void> {
    const { driver, guests, network, slots, client, store, events } = this.#options
    const { findPod, nodeName } = this.#options
    const { name = '', namespace = '' } = instance.metadata ?? {}
    if (instance.status?.phase === 'Running' && !(await this.#mayStartAgain(uid))) {
      // It ran, and nobody knows how it ended: the machine or QEMU was killed.
      events.record(instance, {
        type: 'Warning',
        reason: 'Stopped',
        message: 'The VirtualMachineInstance crashed.',
      })
      await this.#write(instance, finalStatus(instance, 'Failed'))
      return undefined
    }
    const podAddress = findPod(uid)?.status?.podIP
    if (podAddress === undefined) return { requeueAfterMs: POD_RETRY_MS }
    const slot = driver.heavy ? await slots.tryAcquire(uid) : undefined
    if (driver.heavy && slot === undefined) return { requeueAfterMs: SLOT_RETRY_MS }
    const record = { uid, namespace, name, driver: driver.name, stoppedByShutdown: false }
    try {
      expectSupported(instance.spec.domain)
      const machine = machineSpecOf(instance, podAddress)
      const running = await guests.start({
        record,
        slot,
        prepare: async (directory) => ({
          ...machine,
          interfaces: await network.resolve(machine.interfaces),
          disks: driver.heavy
            ? await prepareDisks(instance, directory, { client, store, nodeName })
            : [],
        }),
      })
      return await this.#observe(instance, running)
    } catch (error) {
      if (guests.get(uid)) throw error
      const message = messageOf(error)
      const { status } = instance
      const known = status?.conditions?.some((condition) => condition.message === message)
      if (!known) {
        events.record(instance, { type: 'Warning', reason: 'SyncFailed', message })
        await this.#write(instance, unsynchronizedStatus(instance, message))
      }
      throw error
    }
  }

  /** Whether a guest that should run and does not was stopped by an agent, not by a crash. */
  async #mayStartAgain(uid: string): Promise<boolean> {
    const record = await this.#options.guests.recordOf(uid)
    // Simulated guests end with their agent, however that ends.
    return record !== undefined && (record.stoppedByShutdown || record.driver === 'simulated')
  }

  async #observe(
    instance: VirtualMachineInstance,
    running: RunningGuest,
  ): Promise<RequeueAfter | void> {
    const { findPod, events, driver } = this.#options
    const before = instance.status?.phase
    const { paused, pausedBy, machineType } = running.guest
    const wasPaused =
      instance.status?.conditions?.some(({ type }) => type === 'Paused') ?? false
    const simulated = driver.name === 'simulated'
    const podAddress = findPod(running.record.uid)?.status?.podIP
    const agent = running.agent?.facts
    const again =
      before === 'Running' ? await this.#plugging.sync(instance, running) : undefined
    await syncLinks(instance, running)
    const { volumes } = running
    const observed = { paused, pausedBy, podAddress, simulated, machineType, agent, volumes }
    const status = runningStatus(instance, observed)
    await this.#write(instance, status, simulated)
    const record = (reason: string, message: string) =>
      events.record(instance, { type: 'Normal', reason, message })
    if (before === 'Scheduled') {
      record('Created', 'VirtualMachineInstance defined.')
      record('Started', 'VirtualMachineInstance started.')
    } else if (paused !== wasPaused) {
      if (paused) record('Paused', 'VirtualMachineInstance paused')
      else record('Unpaused', 'VirtualMachineInstance unpaused')
    }
    return again === undefined ? undefined : { requeueAfterMs: again }
  }

  async #stop(
    instance: VirtualMachineInstance,
    running: RunningGuest | undefined,
  ): Promise<RequeueAfter | void> {
    const { events } = this.#options
    if (running === undefined) {
      await this.#write(instance, finalStatus(instance, 'Succeeded'))
      return undefined
    }
    const { deletionTimestamp } = instance.metadata ?? {}
    const grace = instance.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS
    const deadline = Date.parse(String(deletionTimestamp)) + grace * 1_000
    if (grace === 0 || Date.now() >= deadline) {
      events.record(instance, {
        type: 'Normal',
        reason: 'Deleted',
        message: 'Signaled Deletion',
      })
      running.note('Stopping the guest: its grace period is over')
      await running.guest.kill()
      return undefined
    }
    if (running.powerDownAt === undefined) {
      const message = 'Signaled Graceful Shutdown'
      events.record(instance, { type: 'Normal', reason: 'ShuttingDown', message })
    }
    await pressPowerButton(running)
    return { requeueAfterMs: Math.min(deadline - Date.now(), POWER_DOWN_AGAIN_MS) + 10 }
  }

  async #finish(instance: VirtualMachineInstance, { end }: RunningGuest): Promise<void> {
    const asked = instance.metadata?.deletionTimestamp !== undefined
    const crashed = end?.kind === 'crash' && !asked
    await this.#write(instance, finalStatus(instance, crashed ? 'Failed' : 'Succeeded'))
    this.#options.events.record(instance, {
      type: crashed ? 'Warning' : 'Normal',
      reason: 'Stopped',
      message: crashed
        ? 'The VirtualMachineInstance crashed.'
        : 'The VirtualMachineInstance was shut down.',
    })
  }

  /** Writes what differs; a conflict means that a newer VMI is about to be reconciled. */
  async #write(
    instance: VirtualMachineInstance,
    status: InstanceStatus,
    simulated = false,
  ): Promise<void> {
    const { metadata } = instance
    const annotated = simulated && metadata?.annotations?.[SIMULATED_ANNOTATION] !== 'true'
    const patch = mergePatch(instance.status, status)
    if (patch === undefined && !annotated) return
    const { namespace, name, resourceVersion } = metadata ?? {}
    await this.#options.client.patch(
      RESOURCES.virtualMachineInstances,
      { namespace, name },
      {
        metadata: {
          resourceVersion,
          ...(annotated && { annotations: { [SIMULATED_ANNOTATION]: 'true' } }),
        },
        ...(patch && { status: patch }),
      },
    )
  }
}

/** Presses the power button unless that was done a moment ago. */
export async function pressPowerButton(running: RunningGuest): Promise<void> {
  const now = performance.now()
  if (now - (running.powerDownAt ?? -POWER_DOWN_AGAIN_MS) < POWER_DOWN_AGAIN_MS) return
  running.powerDownAt = now
  // A paused guest cannot react.
  if (running.guest.paused) await running.guest.resume()
  running.note('Asking the guest to shut down')
  await running.guest.powerDown()
}

/** Brings the cables of a running guest to what its VMI asks for. */
async function syncLinks(
  { spec }: VirtualMachineInstance,
  running: RunningGuest,
): Promise<void> {
  for (const { name, state } of spec.domain.devices.interfaces ?? []) {
    const isUp = state !== 'down'
    // An agent that has just found the guest does not know.
    const isKnown = running.links.get(name) === isUp
    if (isKnown) continue
    await running.guest.setLink(name, isUp)
    running.links.set(name, isUp)
  }
}
