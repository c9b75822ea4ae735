import type { Duplex } from 'node:stream'
import { connectedPair } from '../../displays/connected-pair.ts'
import type { GuestDisk, GuestSpec } from '../../guest-spec.ts'
import type {
  AttachedDisk,
  Guest,
  GuestEnd,
  GuestEvents,
  GuestPort,
  GuestStats,
} from '../driver.ts'
import { encodePng } from './png.ts'
import { RfbServer } from './rfb-server.ts'
import { SimulatedShell, type ShellMachine } from './shell.ts'
import { SCREEN_ROWS, SCREEN_WIDTH, TextScreen } from './text-screen.ts'

const BACKSPACE = 0xff08
const RETURN = 0xff0d
const FIRST_PRINTABLE = 0x20
const LAST_PRINTABLE = 0x7e

/** A guest that only looks like one: a text screen and a serial shell, and no machine. */
export class SimulatedGuest implements Guest {
  readonly #spec: GuestSpec
  readonly #events: GuestEvents
  readonly #screen: TextScreen
  readonly #screenShell: SimulatedShell
  readonly #serialShell: SimulatedShell
  readonly #connections = new Set<Duplex>()
  /** What was said on the serial line before anybody listened. */
  #unheard = ''
  readonly #disks: Set<string>
  #serial: Duplex | undefined
  #bootCount = 0
  #bootedAt = 0
  readonly #startedAt = performance.now()
  #paused = false
  #ended = false

  constructor(spec: GuestSpec, events: GuestEvents) {
    this.#spec = spec
    this.#events = events
    this.#disks = new Set(spec.disks.map(({ name }) => name))
    this.#screen = new TextScreen(`SIMULATED: ${spec.namespace}/${spec.name}`)
    const machine: ShellMachine = {
      hostname: spec.hostname,
      address: addressOf(spec),
      memoryBytes: spec.memoryBytes,
      bootCount: () => this.#bootCount,
      uptimeSeconds: () => (performance.now() - this.#bootedAt) / 1_000,
      powerOff: () => this.#end(),
      crash: () => this.#end({ kind: 'crash', message: 'the simulated guest crashed' }),
      reboot: () => this.#boot(),
    }
    this.#screenShell = new SimulatedShell(machine, (text) => this.#screen.write(text))
    this.#serialShell = new SimulatedShell(machine, (text) => this.#say(text))
    this.#boot()
  }

  get paused(): boolean {
    return this.#paused
  }

  readonly pausedBy = 'user'
  readonly machineType = undefined
  readonly agentConnected = false

  agent(): Promise<unknown> {
    return Promise.reject(new Error('a simulated guest has no guest agent'))
  }

  disks(): Promise<AttachedDisk[]> {
    return Promise.resolve(
      [...this.#disks].map((name) => ({ name, file: undefined, format: '', bytes: 0 })),
    )
  }

  attachDisk({ name }: GuestDisk): Promise<void> {
    this.#disks.add(name)
    return Promise.resolve()
  }

  detachDisk(name: string): Promise<void> {
    this.#disks.delete(name)
    return Promise.resolve()
  }

  changeMedium(): Promise<void> {
    return Promise.resolve()
  }

  resizeDisk(): Promise<void> {
    return Promise.resolve()
  }

  setLink(): Promise<void> {
    return Promise.resolve()
  }

  openSerial(): Promise<Duplex> {
    const [near, far] = connectedPair()
    near.on('data', (chunk: Buffer) => {
      if (!this.#paused) this.#serialShell.type(chunk.toString('utf8'))
    })
    this.#serial = this.#track(near)
    this.#say(this.#unheard)
    this.#unheard = ''
    return Promise.resolve(far)
  }

  openVnc(): Promise<Duplex> {
    if (this.#ended) return Promise.reject(new Error('the guest has ended'))
    const [near, far] = connectedPair()
    const { name } = this.#spec
    RfbServer.serve(this.#track(near), {
      screen: this.#screen,
      name: `${name} (simulated)`,
      onKey: (keysym) => this.#pressKey(keysym),
    })
    return Promise.resolve(far)
  }

  openPort({ port }: GuestPort): Promise<Duplex> {
    return Promise.reject(new Error(`nothing listens on port ${port}: this guest is simulated`))
  }

  openInterface(): Promise<Duplex> {
    return Promise.reject(new Error('the network cards of a simulated guest lead nowhere'))
  }

  powerDown(): Promise<void> {
    this.#end()
    return Promise.resolve()
  }

  kill(): Promise<void> {
    this.#end()
    return Promise.resolve()
  }

  pause(): Promise<void> {
    this.#setPaused(true)
    return Promise.resolve()
  }

  resume(): Promise<void> {
    this.#setPaused(false)
    return Promise.resolve()
  }

  reset(): Promise<void> {
    this.#boot()
    this.#events.onChange()
    return Promise.resolve()
  }

  softReboot(): Promise<void> {
    return this.reset()
  }

  screenshot(): Promise<Buffer> {
    const rows = Array.from({ length: SCREEN_ROWS }, (_, row) => this.#screen.draw(row))
    const size = rows[0]?.length ?? 0
    const colours = new Uint32Array(rows.length * size)
    rows.forEach((row, index) => colours.set(row, index * size))
    return Promise.resolve(encodePng(colours, SCREEN_WIDTH))
  }

  stats(): Promise<GuestStats> {
    return Promise.resolve({
      cpuSeconds: 0,
      runningSeconds: (performance.now() - this.#startedAt) / 1_000,
      memoryBytes: 0,
      memorySizeBytes: this.#spec.memoryBytes,
      disks: [],
    })
  }

  detach(): void {
    for (const connection of this.#connections) connection.destroy()
  }

  #boot(): void {
    this.#bootCount += 1
    this.#bootedAt = performance.now()
    this.#screen.clear()
    this.#screenShell.start()
    this.#serialShell.start()
  }

  #say(text: string): void {
    if (text === '') return
    if (this.#serial === undefined) this.#unheard += text
    else this.#serial.write(text)
  }

  #pressKey(keysym: number): void {
    if (this.#paused) return
    if (keysym === RETURN) this.#screenShell.type('\r')
    else if (keysym === BACKSPACE) this.#screenShell.type('\b')
    else if (keysym >= FIRST_PRINTABLE && keysym <= LAST_PRINTABLE) {
      this.#screenShell.type(String.fromCharCode(keysym))
    }
  }

  #setPaused(paused: boolean): void {
    if (this.#paused === paused) return
    this.#paused = paused
    this.#events.onChange()
  }

  #track(connection: Duplex): Duplex {
    this.#connections.add(connection)
    connection.on('error', () => connection.destroy())
    connection.on('close', () => this.#connections.delete(connection))
    return connection
  }

  #end(end: GuestEnd = { kind: 'shutdown' }): void {
    if (this.#ended) return
    this.#ended = true
    for (const connection of this.#connections) connection.end()
    // Like a real one: the end comes after the call.
    setImmediate(() => this.#events.onEnd(end))
  }
}

function addressOf({ interfaces }: GuestSpec): string {
  for (const { network } of interfaces) if (network.kind === 'user') return network.address
  return 'none'
}
