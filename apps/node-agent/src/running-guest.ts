import type { BootSlot } from './boot-slots.ts'
import { RotatedLog } from './displays/rotated-log.ts'
import { SerialBroker } from './displays/serial-broker.ts'
import type { Guest, GuestEnd, GuestEvents, GuestPlace } from './drivers/driver.ts'
import { GuestAgentWatch } from './guest-agent/watch.ts'
import type { VolumeState } from './disk-plugging.ts'
import type { GuestRecord } from './guest-record.ts'
import type { GuestInterface } from './guest-spec.ts'
import { messageOf } from './log.ts'
import type { GuestPlug } from './network/segments.ts'
import { guestLogFiles } from './guest-logs.ts'

/** A boot that says nothing on the serial line is over by then. */
const LONGEST_BOOT_MS = 30_000
const LOGIN_PROMPT = /login: ?$/
/** Enough of the output's end to find the prompt in. */
const PROMPT_WINDOW = 200

/** A guest with what the agent keeps around it: serial line, logs, boot slot, its end. */
export class RunningGuest {
  readonly record: GuestRecord
  readonly place: GuestPlace
  readonly serial: SerialBroker
  readonly events: GuestEvents
  /** What it was started with. */
  interfaces: readonly GuestInterface[] = []
  /** Its interfaces on bridges, by name. */
  readonly plugs = new Map<string, GuestPlug>()
  /** How far volumes are that were plugged in while it runs, by name. */
  readonly volumes = new Map<string, VolumeState>()
  /** Whether the cables of its interfaces are plugged, by name; all are when it starts. */
  readonly links = new Map<string, boolean>()
  /** Set when it has ended. */
  end: GuestEnd | undefined
  /** When the power button was last pressed. */
  powerDownAt: number | undefined
  readonly #log: RotatedLog
  readonly #serialLog: RotatedLog
  readonly #onChange: () => void
  #guest: Guest | undefined
  #agent: GuestAgentWatch | undefined
  #thawTimer: NodeJS.Timeout | undefined
  #slot: BootSlot | undefined
  #slotTimer: NodeJS.Timeout | undefined
  #recentOutput = ''

  constructor(record: GuestRecord, place: GuestPlace, onChange: () => void) {
    this.record = record
    this.place = place
    const files = guestLogFiles(place.directory)
    this.#log = new RotatedLog(files.agent)
    this.#serialLog = new RotatedLog(files.serial)
    this.serial = new SerialBroker({
      log: this.#serialLog,
      onOutput: (chunk) => this.#lookForPrompt(chunk),
    })
    this.#onChange = onChange
    this.events = {
      onChange: () => {
        this.#agent?.check()
        onChange()
      },
      onEnd: (end) => {
        this.end = end
        this.note(end.kind === 'crash' ? `Guest crashed: ${end.message}` : 'Guest stopped')
        this.#releaseSlot()
        onChange()
      },
    }
  }

  get guest(): Guest {
    if (this.#guest === undefined) throw new Error('the guest has not started')
    return this.#guest
  }

  /** What the guest agent tells. */
  get agent(): GuestAgentWatch | undefined {
    return this.#agent
  }

  get started(): boolean {
    return this.#guest !== undefined
  }

  get key(): string {
    return `${this.record.namespace}/${this.record.name}`
  }

  /** Takes over a guest that has just been started or found again. */
  async adopt(guest: Guest, options: { slot?: BootSlot; serialConsole: boolean }) {
    this.#guest = guest
    this.#agent = new GuestAgentWatch(guest, this.#onChange)
    this.#agent.check()
    this.#slot = options.slot
    if (options.slot) {
      this.#slotTimer = setTimeout(() => this.#releaseSlot(), LONGEST_BOOT_MS)
    }
    if (!options.serialConsole) return
    try {
      this.serial.connect(await guest.openSerial())
    } catch (error) {
      this.note(`The serial console cannot be opened: ${messageOf(error)}`)
    }
  }

  /** A line in the guest's log, which is the log of its pod's `compute` container. */
  note(message: string): void {
    this.#log.write(`${new Date().toISOString()} ${message}\n`)
  }

  /** Calls back unless it is called again before; no time: forgets what was asked. */
  thawLater(afterMs: number | undefined, thaw?: () => void): void {
    clearTimeout(this.#thawTimer)
    if (afterMs !== undefined && thaw) this.#thawTimer = setTimeout(thaw, afterMs)
  }

  /** Lets go of the guest without stopping it. */
  async release(): Promise<void> {
    this.#releaseSlot()
    this.#agent?.stop()
    clearTimeout(this.#thawTimer)
    this.#guest?.detach()
    for (const { unplug } of this.plugs.values()) unplug()
    this.serial.close()
    await Promise.all([this.#log.close(), this.#serialLog.close()])
  }

  #lookForPrompt(chunk: Buffer): void {
    if (this.#slot === undefined) return
    const text = this.#recentOutput + chunk.toString('latin1')
    this.#recentOutput = text.slice(-PROMPT_WINDOW)
    if (LOGIN_PROMPT.test(this.#recentOutput)) this.#releaseSlot()
  }

  #releaseSlot(): void {
    clearTimeout(this.#slotTimer)
    void this.#slot?.release()
    this.#slot = undefined
  }
}
