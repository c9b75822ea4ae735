import { stat } from 'node:fs/promises'
import type {
  V1Disk,
  V1VirtualMachineInstance as VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { isPluggable, prepareDisk, type VolumesOptions } from './disks/volumes.ts'
import type { AttachedDisk } from './drivers/driver.ts'
import type { EventRecorder } from './event-recorder.ts'
import type { GuestDisk } from './guest-spec.ts'
import { messageOf } from './log.ts'
import { diskShapeOf } from './machine-spec.ts'
import type { RunningGuest } from './running-guest.ts'

/** How far a volume is on its way into a running guest, or out of it. */
export interface VolumeState {
  phase: 'Pending' | 'AttachedToNode' | 'MountedToPod' | 'Ready' | 'Detaching'
  reason: string
  message: string
}

export interface DiskPluggingOptions extends VolumesOptions {
  /** Simulated guests have no files. */
  files: boolean
  events: Pick<EventRecorder, 'record'>
}

const RETRY_MS = 2_000
/** Files of claims grow without anybody telling this agent. */
const LOOK_AGAIN_MS = 15_000

/**
 * Brings the disks of a running guest to what its VMI asks for. A volume moves one phase at each
 * call, for users to see; the status that is written for it calls again.
 */
export class DiskPlugging {
  readonly #options: DiskPluggingOptions

  constructor(options: DiskPluggingOptions) {
    this.#options = options
  }

  /** Returns when it wants to be called again, if at all. */
  async sync(
    instance: VirtualMachineInstance,
    running: RunningGuest,
  ): Promise<number | undefined> {
    const present = new Map((await running.guest.disks()).map((disk) => [disk.name, disk]))
    const wanted = instance.spec.domain.devices.disks ?? []
    const delays: number[] = []
    const step = async (name: string, work: () => Promise<void>) => {
      try {
        await work()
      } catch (error) {
        this.#fail(instance, running, { name, message: messageOf(error) })
        delays.push(RETRY_MS)
      }
    }
    for (const disk of wanted) {
      const attached = present.get(disk.name)
      await step(disk.name, () => this.#bring({ instance, running, disk, attached }))
    }
    const names = new Set(wanted.map(({ name }) => name))
    for (const { name } of present.values()) {
      if (!names.has(name)) await step(name, () => this.#take(instance, running, name))
    }
    for (const [name, { phase }] of running.volumes) {
      if (!names.has(name) && !present.has(name)) running.volumes.delete(name)
      else if (phase !== 'Ready' && phase !== 'Pending') delays.push(0)
    }
    const hasClaims = (instance.spec.volumes ?? []).some(
      ({ persistentVolumeClaim, dataVolume }) => persistentVolumeClaim ?? dataVolume,
    )
    if (hasClaims && this.#options.files) delays.push(LOOK_AGAIN_MS)
    return delays.length === 0 ? undefined : Math.min(...delays)
  }

  async #bring(work: {
    instance: VirtualMachineInstance
    running: RunningGuest
    disk: V1Disk
    attached: AttachedDisk | undefined
  }): Promise<void> {
    const { instance, running, disk, attached } = work
    const volume = instance.spec.volumes?.find(({ name }) => name === disk.name)
    const pluggable = volume !== undefined && isPluggable(volume)
    if (attached && disk.cdrom && (pluggable || volume === undefined)) {
      await this.#changeMedium({ ...work, attached })
    } else if (attached) {
      const claim = volume?.persistentVolumeClaim ?? volume?.dataVolume
      if (claim) await growWith(running, attached)
    } else if (pluggable) await this.#plug(instance, running, disk)
  }

  async #plug(
    instance: VirtualMachineInstance,
    running: RunningGuest,
    disk: V1Disk,
  ): Promise<void> {
    const { name } = disk
    const set = (phase: VolumeState['phase'], reason: string, message: string) => {
      running.volumes.set(name, { phase, reason, message })
      if (phase !== 'AttachedToNode') this.#tell(instance, reason, message)
    }
    const prepared = await this.#prepare(instance, running, disk)
    switch (running.volumes.get(name)?.phase) {
      case 'AttachedToNode':
        return set(
          'MountedToPod',
          'VolumeMountedToPod',
          `Volume ${name} has been mounted in virt-launcher pod`,
        )
      case 'MountedToPod':
        await running.guest.attachDisk(prepared)
        running.note(`Disk ${name} plugged in`)
        return set(
          'Ready',
          'VolumeReady',
          `Successfully attach hotplugged volume ${name} to VM`,
        )
      default:
        return set(
          'AttachedToNode',
          'SuccessfulAttach',
          `Volume ${name} is attached to node ${this.#options.nodeName}`,
        )
    }
  }

  async #take(
    instance: VirtualMachineInstance,
    running: RunningGuest,
    name: string,
  ): Promise<void> {
    if (running.volumes.get(name)?.phase !== 'Detaching') {
      const message = `Volume ${name} is being taken out of the guest`
      running.volumes.set(name, { phase: 'Detaching', reason: 'Detaching', message })
      return
    }
    await running.guest.detachDisk(name)
    running.volumes.delete(name)
    running.note(`Disk ${name} taken out`)
    const message = `Volume ${name} has been unmounted from virt-launcher pod`
    this.#tell(instance, 'VolumeUnMountedFromPod', message)
  }

  async #changeMedium(work: {
    instance: VirtualMachineInstance
    running: RunningGuest
    disk: V1Disk
    attached: AttachedDisk
  }): Promise<void> {
    const { instance, running, disk, attached } = work
    const prepared = await this.#prepare(instance, running, disk)
    if (prepared.file === attached.file) return
    await running.guest.changeMedium(disk.name, prepared)
    running.note(`Drive ${disk.name}: ${prepared.file === undefined ? 'ejected' : 'inserted'}`)
    const message = `Successfully attach hotplugged volume ${disk.name} to VM`
    if (prepared.file === undefined) running.volumes.delete(disk.name)
    else running.volumes.set(disk.name, { phase: 'Ready', reason: 'VolumeReady', message })
  }

  #prepare(
    instance: VirtualMachineInstance,
    running: RunningGuest,
    disk: V1Disk,
  ): Promise<GuestDisk> {
    const { files, client, store, nodeName } = this.#options
    if (!files) {
      const { name } = disk
      return Promise.resolve({ ...diskShapeOf(disk), name, file: undefined, format: 'raw' })
    }
    const { directory } = running.place
    return prepareDisk({ client, store, nodeName, instance, disk, directory })
  }

  #fail(
    instance: VirtualMachineInstance,
    running: RunningGuest,
    { name, message }: { name: string; message: string },
  ): void {
    const before = running.volumes.get(name)
    const phase = before?.phase === 'Detaching' ? 'Detaching' : 'Pending'
    running.volumes.set(name, { phase, reason: 'FailedHotplug', message })
    if (before?.message === message) return
    this.#options.events.record(instance, { type: 'Warning', reason: 'SyncFailed', message })
  }

  #tell(instance: VirtualMachineInstance, reason: string, message: string): void {
    this.#options.events.record(instance, { type: 'Normal', reason, message })
  }
}

/** A claim that grew has a longer file: the guest is told of it. */
async function growWith(running: RunningGuest, attached: AttachedDisk): Promise<void> {
  const { name, file, format, bytes } = attached
  if (file === undefined || format !== 'raw') return
  const { size } = await stat(file)
  if (size <= bytes) return
  await running.guest.resizeDisk(name, size)
  running.note(`Disk ${name} has grown to ${size} bytes`)
}
