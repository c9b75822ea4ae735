import { readFile, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { ProcessIdentity } from '../../process-identity.ts'
import type { Guest, GuestEvents, GuestPlace, GuestPort, GuestStats } from '../driver.ts'
import { HostForwards } from './host-forwards.ts'
import { interfaceSocket, killQemu, socketPaths } from './process.ts'
import { QmpClient, type QmpEvent } from './qmp.ts'
import { QemuStats } from './stats.ts'

const KILL_PATIENCE_MS = 1_000

/** A guest in a QEMU process, started by this agent or by the one before it. */
export class QemuGuest implements Guest {
  readonly #place: GuestPlace
  readonly #process: ProcessIdentity
  readonly #events: GuestEvents
  readonly #forwards = new HostForwards((line) => this.#monitor.human(line))
  readonly #stats: QemuStats
  #monitor!: QmpClient
  #paused = false
  #shutDown = false
  #rebooting = false
  #ended = false
  readonly #whenEnded: Promise<void>
  #resolveEnded!: () => void

  private constructor(place: GuestPlace, process: ProcessIdentity, events: GuestEvents) {
    this.#place = place
    this.#process = process
    this.#stats = new QemuStats(process, (command, args) =>
      this.#monitor.execute(command, args),
    )
    this.#events = events
    this.#whenEnded = new Promise((resolve) => (this.#resolveEnded = resolve))
  }

  /** Connects to the monitor of a running process; rejects if it does not answer. */
  static async connect(
    place: GuestPlace,
    process: ProcessIdentity,
    events: GuestEvents,
  ): Promise<QemuGuest> {
    const guest = new QemuGuest(place, process, events)
    guest.#monitor = await QmpClient.connect({
      path: socketPaths(place).monitor,
      onEvent: (event) => guest.#handle(event),
      onClose: () => guest.#end(),
    })
    const { status } = (await guest.#monitor.execute('query-status')) as { status: string }
    guest.#paused = status === 'paused'
    // It switched itself off while no agent was there.
    if (status === 'shutdown') guest.#handle({ event: 'SHUTDOWN' })
    return guest
  }

  get paused(): boolean {
    return this.#paused
  }

  openSerial(): Promise<Duplex> {
    return openSocket({ path: socketPaths(this.#place).serial })
  }

  openVnc(): Promise<Duplex> {
    return openSocket({ path: socketPaths(this.#place).vnc })
  }

  openPort(target: GuestPort): Promise<Duplex> {
    return this.#forwards.open(target)
  }

  openInterface(nic: number): Promise<Duplex> {
    return openSocket({ path: interfaceSocket(this.#place, nic) })
  }

  async powerDown(): Promise<void> {
    await this.#monitor.execute('system_powerdown')
  }

  async kill(): Promise<void> {
    if (this.#ended) return
    await this.#monitor.execute('quit').catch(() => undefined)
    const patience = new AbortController()
    await Promise.race([
      this.#whenEnded,
      delay(KILL_PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined),
    ])
    patience.abort()
    await killQemu(this.#process, this.#place)
    await this.#whenEnded
  }

  async pause(): Promise<void> {
    await this.#monitor.execute('stop')
  }

  async resume(): Promise<void> {
    await this.#monitor.execute('cont')
  }

  async reset(): Promise<void> {
    await this.#monitor.execute('system_reset')
  }

  async softReboot(): Promise<void> {
    // There is no ACPI "restart": like libvirt, switch off and start again in place.
    this.#rebooting = true
    await this.#monitor.execute('system_powerdown')
  }

  async screenshot(): Promise<Buffer> {
    const file = join(this.#place.directory, `screenshot-${Date.now()}.png`)
    try {
      await this.#monitor.execute('screendump', { filename: file, format: 'png' })
      return await readFile(file)
    } finally {
      await rm(file, { force: true })
    }
  }

  stats(): Promise<GuestStats> {
    return this.#stats.read()
  }

  detach(): void {
    this.#monitor.close()
  }

  #handle({ event, data }: QmpEvent): void {
    if (event === 'SHUTDOWN') this.#handleShutdown(data)
    // While QEMU pauses to tell of a shutdown, the guest is not "paused".
    else if (event === 'STOP') this.#setPaused(!this.#shutDown && !this.#rebooting)
    else if (event === 'RESUME') this.#setPaused(false)
    else if (event === 'RESET') this.#events.onChange()
  }

  #handleShutdown(data: QmpEvent['data']): void {
    if (this.#rebooting) {
      this.#rebooting = false
      void this.#monitor
        .execute('system_reset')
        .then(() => this.#monitor.execute('cont'))
        .catch(() => undefined)
      return
    }
    // "host-qmp-quit" and "host-signal" are no decision of the guest.
    const reason = typeof data?.['reason'] === 'string' ? data['reason'] : 'guest-shutdown'
    this.#shutDown = !reason.startsWith('host-signal') && reason !== 'host-error'
    this.#monitor.execute('quit').catch(() => undefined)
  }

  #setPaused(paused: boolean): void {
    if (this.#paused === paused) return
    this.#paused = paused
    this.#events.onChange()
  }

  #end(): void {
    this.#ended = true
    this.#resolveEnded()
    this.#events.onEnd(
      this.#shutDown
        ? { kind: 'shutdown' }
        : { kind: 'crash', message: 'the QEMU process ended unexpectedly' },
    )
  }
}

async function openSocket(target: { path: string }) {
  const socket: Socket = connect(target)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return socket
}
