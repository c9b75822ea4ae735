import { readFile, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { GuestDisk } from '../../guest-spec.ts'
import type { ProcessIdentity } from '../../process-identity.ts'
import type {
  AttachedDisk,
  Guest,
  GuestEvents,
  GuestPlace,
  GuestPort,
  GuestStats,
} from '../driver.ts'
import { nicDevice } from './arguments.ts'
import { GuestAgentChannel } from './guest-agent.ts'
import { HostForwards } from './host-forwards.ts'
import { HotPlug } from './hot-plug.ts'
import { AGENT_ID } from './peripherals.ts'
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
  readonly #agent: GuestAgentChannel
  #monitor!: QmpClient
  #hotPlug: HotPlug | undefined
  #machineType: string | undefined
  #agentConnected = false
  #paused = false
  #ioError = false
  #panicked = false
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
    this.#agent = new GuestAgentChannel(socketPaths(place).agent)
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
    await guest.#learn()
    return guest
  }

  /** What was there, or happened, before this agent came. */
  async #learn(): Promise<void> {
    const execute = (command: string, args?: Record<string, unknown>) =>
      this.#monitor.execute(command, args)
    const [{ status }, type, channels] = (await Promise.all([
      execute('query-status'),
      execute('qom-get', { path: '/machine', property: 'type' }),
      execute('query-chardev'),
    ])) as [{ status: string }, string, { label: string; 'frontend-open': boolean }[]]
    this.#machineType = type.replace(/-machine$/, '')
    this.#hotPlug = new HotPlug(execute, this.#machineType.includes('q35') ? 'q35' : 'pc')
    this.#agentConnected = channels.some(
      (channel) => channel.label === AGENT_ID && channel['frontend-open'],
    )
    this.#ioError = status === 'io-error'
    this.#paused = status === 'paused' || this.#ioError
    if (status === 'guest-panicked') this.#panicked = true
    // It switched itself off while no agent was there.
    if (status === 'shutdown' || this.#panicked) this.#handle({ event: 'SHUTDOWN' })
  }

  get paused(): boolean {
    return this.#paused
  }

  get pausedBy(): 'user' | 'io-error' {
    return this.#ioError ? 'io-error' : 'user'
  }

  get machineType(): string | undefined {
    return this.#machineType
  }

  get agentConnected(): boolean {
    return this.#agentConnected
  }

  agent(command: string, args?: Record<string, unknown>): Promise<unknown> {
    return this.#agent.execute(command, args)
  }

  disks(): Promise<AttachedDisk[]> {
    return this.#plug.disks()
  }

  attachDisk(disk: GuestDisk): Promise<void> {
    return this.#plug.attach(disk)
  }

  detachDisk(name: string): Promise<void> {
    return this.#plug.detach(name)
  }

  changeMedium(name: string, disk: GuestDisk | undefined): Promise<void> {
    return this.#plug.changeMedium(name, disk)
  }

  resizeDisk(name: string, bytes: number): Promise<void> {
    return this.#plug.resize(name, bytes)
  }

  async setLink(nic: string, isUp: boolean): Promise<void> {
    await this.#monitor.execute('set_link', { name: nicDevice(nic), up: isUp })
  }

  get #plug(): HotPlug {
    if (this.#hotPlug === undefined) throw new Error('the guest has not started')
    return this.#hotPlug
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
    if (this.#agentConnected) {
      const asked = await this.#askToReboot()
      if (asked) return
    }
    // There is no ACPI "restart": like libvirt, switch off and start again in place.
    this.#rebooting = true
    await this.#monitor.execute('system_powerdown')
  }

  /** Whether the guest agent could be asked; it says nothing when it obeys. */
  async #askToReboot(): Promise<boolean> {
    try {
      await this.#agent.execute('guest-ping')
    } catch {
      return false
    }
    this.#agent.execute('guest-shutdown', { mode: 'reboot' }).catch(() => undefined)
    return true
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
    this.#agent.close()
    this.#monitor.close()
  }

  #handle(message: QmpEvent): void {
    const { event, data } = message
    switch (event) {
      case 'SHUTDOWN':
        return this.#handleShutdown(data)
      case 'STOP':
        // While QEMU pauses to tell of a shutdown, the guest is not "paused".
        return this.#setPaused(!this.#shutDown && !this.#rebooting && !this.#panicked)
      case 'RESUME':
        this.#ioError = false
        return this.#setPaused(false)
      case 'BLOCK_IO_ERROR':
        if (data?.['action'] === 'stop') this.#ioError = true
        return undefined
      case 'GUEST_PANICKED':
        // QEMU only pauses it, for "shutdown=pause" means this as well.
        this.#panicked = true
        this.#monitor.execute('quit').catch(() => undefined)
        return undefined
      case 'VSERPORT_CHANGE':
        if (data?.['id'] !== AGENT_ID) return undefined
        this.#agentConnected = data['open'] === true
        return this.#events.onChange()
      case 'RESET':
        return this.#events.onChange()
      default:
        return this.#hotPlug?.handle(message)
    }
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
    this.#shutDown =
      !reason.startsWith('host-signal') && reason !== 'host-error' && !this.#panicked
    this.#monitor.execute('quit').catch(() => undefined)
  }

  #setPaused(paused: boolean): void {
    if (this.#paused === paused) return
    this.#paused = paused
    this.#events.onChange()
  }

  #end(): void {
    this.#ended = true
    this.#agent.close()
    this.#resolveEnded()
    const message = this.#panicked
      ? "the guest's kernel panicked"
      : 'the QEMU process ended unexpectedly'
    this.#events.onEnd(this.#shutDown ? { kind: 'shutdown' } : { kind: 'crash', message })
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
