import { copyFile, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { GuestSpec } from '../../guest-spec.ts'
import type { Driver, Guest, GuestEvents, GuestPlace } from '../driver.ts'
import { qemuArguments, type QemuPlace } from './arguments.ts'
import { cpuModels } from './cpu-models.ts'
import { QemuGuest } from './guest.ts'
import type { Accelerator } from './probe.ts'
import {
  findQemu,
  interfaceSocket,
  killQemu,
  removeSockets,
  socketDirectory,
  socketPaths,
  startQemu,
  type StartedProcess,
} from './process.ts'
import { startTpm } from './tpm.ts'

const START_PATIENCE_MS = 15_000
const RETRY_MS = 20
const FIRMWARE = '/usr/share/OVMF'

/** Runs guests in QEMU, one detached process each. */
export class QemuDriver implements Driver {
  readonly name = 'qemu'
  readonly heavy = true
  readonly accelerator: Accelerator

  constructor(accelerator: Accelerator) {
    this.accelerator = accelerator
  }

  cpuModels(): Promise<string[]> {
    return cpuModels(this.accelerator)
  }

  async start(place: GuestPlace, spec: GuestSpec, events: GuestEvents): Promise<Guest> {
    await removeSockets(place)
    await mkdir(socketDirectory(place), { recursive: true, mode: 0o700 })
    const efi = spec.firmware === 'efi' ? await prepareEfi(place, spec) : undefined
    if (spec.hardware.tpm) await startTpm(place)
    const qemuPlace: QemuPlace = {
      accelerator: this.accelerator,
      sockets: {
        ...socketPaths(place),
        ofInterface: (index) => interfaceSocket(place, index),
      },
      pidFile: join(place.directory, 'qemu.pid'),
      ...(efi && { efi }),
    }
    const started = await startQemu(place, qemuArguments(spec, qemuPlace))
    try {
      return await this.#connect(place, started, events)
    } catch (error) {
      await killQemu(started, place)
      throw error
    }
  }

  async attach(place: GuestPlace, events: GuestEvents): Promise<Guest | undefined> {
    const found = await findQemu(place)
    if (found === undefined) return undefined
    try {
      return await QemuGuest.connect(place, found, events)
    } catch {
      // A QEMU that cannot be talked to is of no use to anyone.
      await killQemu(found, place)
      return undefined
    }
  }

  /** The monitor's socket is there shortly after the start, unless QEMU refuses. */
  async #connect(place: GuestPlace, started: StartedProcess, events: GuestEvents) {
    const refusal = started.ended.then(
      (said) => new Error(`QEMU refused to start: ${said}`),
      (error: Error) => error,
    )
    const deadline = performance.now() + START_PATIENCE_MS
    for (;;) {
      try {
        return await QemuGuest.connect(place, started, events)
      } catch (error) {
        // The monitor is opened before the disks are: it may go away again.
        const refused = await Promise.race([refusal, delay(RETRY_MS)])
        if (refused !== undefined) throw refused
        if (performance.now() > deadline) throw error
      }
    }
  }
}

/** What the guest's firmware keeps lasts as long as the VMI. */
async function prepareEfi(
  place: GuestPlace,
  { hardware }: GuestSpec,
): Promise<NonNullable<QemuPlace['efi']>> {
  const code = join(FIRMWARE, `OVMF_CODE_4M${hardware.secureBoot ? '.secboot' : ''}.fd`)
  const keys = join(FIRMWARE, `OVMF_VARS_4M${hardware.secureBoot ? '.ms' : ''}.fd`)
  const variables = join(place.directory, 'efi-variables.fd')
  if (!(await present(code))) {
    throw new Error('this node has no UEFI firmware (Debian package ovmf)')
  }
  if (!(await present(variables))) await copyFile(keys, variables)
  return { code, variables }
}

const present = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )
