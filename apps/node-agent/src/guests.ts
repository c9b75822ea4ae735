import { setTimeout as delay } from 'node:timers/promises'
import type { BootSlot } from './boot-slots.ts'
import type { Driver } from './drivers/driver.ts'
import { removeSockets } from './drivers/qemu/process.ts'
import type { GuestDirectories, GuestRecord } from './guest-record.ts'
import type { GuestSpec } from './guest-spec.ts'
import { messageOf, type Log } from './log.ts'
import { readInterfaces, writeInterfaces } from './network/interfaces-file.ts'
import type { NodeNetwork } from './network/node-network.ts'
import { RunningGuest } from './running-guest.ts'

export interface GuestsOptions {
  driver: Driver
  directories: GuestDirectories
  network: Pick<NodeNetwork, 'plug'>
  log: Log
}

export interface StartOptions {
  record: GuestRecord
  slot: BootSlot | undefined
  /** Makes the guest's files in its directory and describes it. */
  prepare: (directory: string) => Promise<GuestSpec>
}

const STOPPING = 'this node agent is stopping'
const SHUTDOWN_GRACE_MS = 1_800

/** All guests of this node, by the UID of their VMI. */
export class Guests {
  readonly #options: GuestsOptions
  readonly #guests = new Map<string, RunningGuest>()
  /** UIDs by `namespace/name`, of all guests that have a directory. */
  readonly #uids = new Map<string, Set<string>>()
  /** Starts that are under way. */
  readonly #starts = new Set<Promise<unknown>>()
  #stopping = false
  #onChange: (key: string) => void = () => undefined

  constructor(options: GuestsOptions) {
    this.#options = options
  }

  /** Calls back with `namespace/name` when something happened to a guest. */
  subscribe(onChange: (key: string) => void): void {
    this.#onChange = onChange
  }

  get(uid: string): RunningGuest | undefined {
    return this.#guests.get(uid)
  }

  list(): RunningGuest[] {
    return [...this.#guests.values()]
  }

  /** The guests that run under this name or left something under it. */
  uidsNamed(key: string): string[] {
    return [...(this.#uids.get(key) ?? [])]
  }

  /** All names under which there are guests. */
  names(): string[] {
    return [...this.#uids.keys()]
  }

  /** Finds the guests that an earlier agent left running. */
  async attachAll(): Promise<void> {
    const records = await this.#options.directories.list()
    await Promise.all(records.map((record) => this.#attach(record)))
  }

  async #attach(record: GuestRecord): Promise<void> {
    this.#remember(record)
    const running = this.#track(record)
    const guest = await this.#options.driver.attach(running.place, running.events)
    if (guest === undefined) {
      this.#guests.delete(record.uid)
      await running.release()
      return
    }
    running.interfaces = await readInterfaces(running.place.directory)
    await running.serial.loadHistory()
    await running.adopt(guest, { serialConsole: true })
    await this.#options.network.plug(running)
    running.note('A new agent found the guest running')
    this.#options.log.info(`${running.key}: found running`)
  }

  async start(options: StartOptions): Promise<RunningGuest> {
    if (this.#stopping) throw new Error(STOPPING)
    const start = this.#start(options)
    this.#starts.add(start)
    try {
      return await start
    } finally {
      this.#starts.delete(start)
    }
  }

  async #start({ record, slot, prepare }: StartOptions): Promise<RunningGuest> {
    const { directories, driver, network, log } = this.#options
    this.#remember(record)
    await directories.write(record)
    const running = this.#track(record)
    try {
      const spec = await prepare(running.place.directory)
      running.interfaces = spec.interfaces
      if (driver.heavy) await writeInterfaces(running.place.directory, spec.interfaces)
      if (this.#stopping) throw new Error(STOPPING)
      const guest = await driver.start(running.place, spec, running.events)
      // Nobody else would end it: the agent ended those that it knew by then.
      if (this.#stopping) {
        await guest.kill()
        throw new Error(STOPPING)
      }
      const { serialConsole } = spec
      await running.adopt(guest, { serialConsole, ...(slot && { slot }) })
      if (driver.heavy) await network.plug(running)
      running.note(`Guest started by the ${driver.name} driver (${driver.accelerator})`)
      log.info(`${running.key}: started`)
      return running
    } catch (error) {
      this.#guests.delete(record.uid)
      running.note(`Guest cannot be started: ${messageOf(error)}`)
      await running.release()
      await slot?.release()
      throw error
    }
  }

  /** Why and by whom a guest that is not running was last run. */
  recordOf(uid: string): Promise<GuestRecord | undefined> {
    return this.#options.directories.read(uid)
  }

  /** Ends the guest if it runs, and removes all that it left. */
  async remove(key: string, uid: string): Promise<void> {
    const running = this.#guests.get(uid)
    const directory = this.#options.directories.pathOf(uid)
    if (running) {
      if (running.end === undefined) await running.guest.kill()
      this.#guests.delete(uid)
      await running.release()
      this.#options.log.info(`${running.key}: removed`)
    }
    await removeSockets({ uid, directory })
    await this.#options.directories.remove(uid)
    const uids = this.#uids.get(key)
    if (uids?.delete(uid) && uids.size === 0) this.#uids.delete(key)
  }

  /** Stops every guest within two seconds, and notes that the next agent is to start it again. */
  async shutDown(): Promise<void> {
    this.#stopping = true
    const running = this.list().filter(({ started }) => started)
    await Promise.all([
      ...running.map((each) => this.#shutDownOne(each)),
      Promise.allSettled(this.#starts),
    ])
  }

  async #shutDownOne(running: RunningGuest): Promise<void> {
    const { record } = running
    if (running.end === undefined) {
      await this.#options.directories.write({ ...record, stoppedByShutdown: true })
      try {
        await running.guest.powerDown()
        const deadline = performance.now() + SHUTDOWN_GRACE_MS
        while (running.end === undefined && performance.now() < deadline) await delay(20)
        if (running.end === undefined) await running.guest.kill()
      } catch (error) {
        this.#options.log.error(`${running.key}: ${messageOf(error)}`)
      }
    }
    await running.release()
  }

  /** Lets go of the guests and leaves them running. */
  async detach(): Promise<void> {
    await Promise.all(this.list().map((running) => running.release()))
  }

  #remember({ uid, namespace, name }: GuestRecord): void {
    const key = `${namespace}/${name}`
    const uids = this.#uids.get(key) ?? new Set()
    this.#uids.set(key, uids.add(uid))
  }

  #track(record: GuestRecord): RunningGuest {
    const place = { uid: record.uid, directory: this.#options.directories.pathOf(record.uid) }
    const running: RunningGuest = new RunningGuest(record, place, () =>
      this.#onChange(running.key),
    )
    this.#guests.set(record.uid, running)
    return running
  }
}
