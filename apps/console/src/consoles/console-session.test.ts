import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  createConsoleSession,
  type ConnectionListener,
  type ConsoleDisplay,
  type ConsoleSession,
} from './console-session.ts'

/** A display that connects when the test says so. */
class FakeDisplay implements ConsoleDisplay {
  readonly element = {} as HTMLElement
  readonly log: string[] = []
  listener: ConnectionListener | undefined

  connect({ takeOver, listener }: { takeOver: boolean; listener: ConnectionListener }) {
    this.log.push(takeOver ? 'dial, take over' : 'dial')
    this.listener = listener
    return () => {
      this.log.push('hang up')
      this.listener = undefined
    }
  }
  focus(): void {}
  dispose(): void {
    this.log.push('dispose')
  }
}

let display: FakeDisplay
let session: ConsoleSession

beforeEach(() => {
  vi.useFakeTimers()
  display = new FakeDisplay()
})
afterEach(() => {
  session.dispose()
  vi.useRealTimers()
})

async function open(load: () => Promise<ConsoleDisplay> = async () => display): Promise<void> {
  session = createConsoleSession({
    guest: 'running',
    load,
    now: () => Date.now(),
    // Pauses exactly as long as the machine says.
    random: () => 0.5,
  })
  await vi.advanceTimersByTimeAsync(0)
}

const stateName = () => session.machine.get().state.name
const closed = (code = 1006, reason = '') => display.listener?.closed({ code, reason })

test('F-40 dials when the code is there, and is connected when it is open', async () => {
  await open()
  expect(display.log).toEqual(['dial'])
  display.listener?.opened()
  expect(stateName()).toBe('connected')
  expect(display.log).toEqual(['dial'])
})

test('F-40 code is not loaded for a guest that is stopped', async () => {
  const load = vi.fn<() => Promise<ConsoleDisplay>>(async () => display)
  session = createConsoleSession({ guest: 'stopped', load })
  await vi.advanceTimersByTimeAsync(0)
  expect(load).not.toHaveBeenCalled()
  session.send({ type: 'guest', guest: 'running' })
  await vi.advanceTimersByTimeAsync(0)
  expect(load).toHaveBeenCalledOnce()
  expect(display.log).toEqual(['dial'])
})

test('F-40 reconnects after a pause, and hangs up what is lost', async () => {
  await open()
  display.listener?.opened()
  await vi.advanceTimersByTimeAsync(20_000)
  closed()
  expect(stateName()).toBe('reconnecting')
  await vi.advanceTimersByTimeAsync(299)
  expect(display.log).toEqual(['dial', 'hang up'])
  await vi.advanceTimersByTimeAsync(1)
  expect(display.log).toEqual(['dial', 'hang up', 'dial'])
  display.listener?.opened()
  expect(stateName()).toBe('connected')
})

test('F-40 gives up an attempt that never ends', async () => {
  await open()
  await vi.advanceTimersByTimeAsync(15_000)
  expect(stateName()).toBe('reconnecting')
  expect(display.log).toEqual(['dial', 'hang up'])
})

test('F-40 an open connection is not given up', async () => {
  await open()
  display.listener?.opened()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(stateName()).toBe('connected')
})

test('F-40 disconnects and dials again when asked to', async () => {
  await open()
  display.listener?.opened()
  session.send({ type: 'disconnect' })
  session.send({ type: 'connect', takeOver: true })
  expect(display.log).toEqual(['dial', 'hang up', 'dial, take over'])
})

test('F-40 code that does not load is said, and loaded again when asked to', async () => {
  const load = vi
    .fn<() => Promise<ConsoleDisplay>>(async () => display)
    .mockRejectedValueOnce(new Error('offline'))
  await open(load)
  expect(session.machine.get().state).toEqual({ name: 'failed', message: 'offline' })
  session.send({ type: 'connect' })
  await vi.advanceTimersByTimeAsync(0)
  expect(display.log).toEqual(['dial'])
})

test('F-40 disposed while its code loads, it connects to nothing', async () => {
  const { promise, resolve } = Promise.withResolvers<ConsoleDisplay>()
  await open(() => promise)
  session.dispose()
  resolve(display)
  await vi.advanceTimersByTimeAsync(0)
  expect(display.log).toEqual(['dispose'])
})

test('F-40 the network is back: the pause is cut short', async () => {
  await open()
  closed()
  session.send({ type: 'retry' })
  expect(display.log).toEqual(['dial', 'hang up', 'dial'])
  await vi.advanceTimersByTimeAsync(5_000)
  expect(display.log).toEqual(['dial', 'hang up', 'dial'])
})
