import { describe, expect, test } from 'vitest'
import {
  backOff,
  nextMachine,
  STABLE_AFTER,
  startMachine,
  type ConsoleEvent,
  type ConsoleMachine,
} from './console-state.ts'
import type { GuestAvailability } from './guest-availability.ts'

const lost: ConsoleEvent = { type: 'closed', closing: { code: 1006, reason: '' }, lasted: 0 }
const dropped: ConsoleEvent = { ...lost, lasted: STABLE_AFTER }
const opened: ConsoleEvent = { type: 'opened' }
const retry: ConsoleEvent = { type: 'retry' }
const held: ConsoleEvent = {
  ...lost,
  closing: { code: 4500, reason: 'Active VNC connection. Request denied.' },
}
const notRunning: ConsoleEvent = {
  ...lost,
  closing: { code: 4400, reason: 'VMI is not running' },
}
const forbidden: ConsoleEvent = { ...lost, closing: { code: 4403, reason: 'forbidden' } }
const guest = (availability: GuestAvailability): ConsoleEvent => ({
  type: 'guest',
  guest: availability,
})
const connect: ConsoleEvent = { type: 'connect' }
const takeOver: ConsoleEvent = { type: 'connect', takeOver: true }
const disconnect: ConsoleEvent = { type: 'disconnect' }

/** The state in a few words, with what the session does for it. */
function summary({ state, activity }: ConsoleMachine): string {
  const detail = {
    waiting: () => (state.name === 'waiting' ? ` ${state.guest}` : ''),
    disconnected: () => (state.name === 'disconnected' ? ` ${state.reason}` : ''),
    reconnecting: () => (state.name === 'reconnecting' ? ` ${state.attempt}` : ''),
    failed: () => (state.name === 'failed' ? ` ${state.message}` : ''),
    connecting: () => '',
    connected: () => '',
  }[state.name]()
  const doing = {
    none: '',
    open: '',
    dial: activity.type === 'dial' && activity.takeOver ? ', takes over' : ', dials',
    pause: activity.type === 'pause' ? `, pauses ${activity.delay}` : '',
  }[activity.type]
  return `${state.name}${detail}${doing}`
}

function after(start: GuestAvailability, events: readonly ConsoleEvent[]): string {
  return summary(events.reduce(nextMachine, startMachine(start)))
}

describe('F-40 connecting', () => {
  test.each<[string, GuestAvailability, ConsoleEvent[], string]>([
    ['a running guest', 'running', [], 'connecting, dials'],
    ['a guest that nobody knows', 'unknown', [], 'connecting, dials'],
    ['a stopped guest', 'stopped', [], 'waiting stopped'],
    ['a starting guest', 'starting', [], 'waiting starting'],
    ['open', 'running', [opened], 'connected'],
    ['a guest that starts', 'starting', [guest('running')], 'connecting, dials'],
    [
      'a guest that is started',
      'stopped',
      [guest('starting'), guest('running'), opened],
      'connected',
    ],
    ['live data is ahead of the host', 'running', [notRunning], 'waiting starting, pauses 300'],
    ['and the host catches up', 'running', [notRunning, retry, opened], 'connected'],
    ['no live data', 'unknown', [notRunning], 'waiting unknown, pauses 300'],
    ['no live data, later', 'unknown', [notRunning, guest('running')], 'connecting, dials'],
    ['forbidden', 'running', [forbidden], 'failed forbidden'],
    ['forbidden, asked again', 'running', [forbidden, connect], 'connecting, dials'],
    ['asked for while stopped', 'stopped', [connect], 'waiting stopped'],
    [
      'code that does not load',
      'running',
      [{ type: 'unusable', message: 'offline' }],
      'failed offline',
    ],
  ])('%s', (_name, start, events, expected) => {
    expect(after(start, events)).toBe(expected)
  })
})

describe('F-40 reconnecting', () => {
  test.each<[string, ConsoleEvent[], string]>([
    ['after a loss', [opened, dropped], 'reconnecting 1, pauses 300'],
    ['the attempt', [opened, dropped, retry], 'reconnecting 1, dials'],
    ['it works', [opened, dropped, retry, opened], 'connected'],
    ['it fails', [opened, dropped, retry, lost], 'reconnecting 2, pauses 600'],
    [
      'a first attempt that fails',
      [lost, retry, lost, retry, lost],
      'reconnecting 3, pauses 1200',
    ],
    [
      'success starts the counting anew',
      [lost, retry, lost, retry, opened, dropped],
      'reconnecting 1, pauses 300',
    ],
    ['the guest stops meanwhile', [opened, dropped, guest('stopped')], 'waiting stopped'],
    [
      'the guest stopped, says the host',
      [opened, dropped, retry, notRunning],
      'waiting starting, pauses 600',
    ],
    ['given up by the user', [opened, dropped, disconnect], 'disconnected byUser'],
    ['a late retry changes nothing', [opened, retry], 'connected'],
  ])('%s', (_name, events, expected) => {
    expect(after('running', events)).toBe(expected)
  })

  test('the pauses grow to five seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map(backOff)).toEqual([
      300, 600, 1200, 2400, 4800, 5000, 5000, 5000,
    ])
  })
})

describe('F-40 the guest stops', () => {
  test.each<[string, ConsoleEvent[], string]>([
    ['its last words are shown', [opened, guest('stopping')], 'connected'],
    ['the host hangs up', [opened, guest('stopping'), dropped], 'waiting stopping'],
    ['it is gone', [opened, guest('stopping'), guest('stopped')], 'waiting stopped'],
    ['before a connection', [guest('stopping')], 'waiting stopping'],
    ['after a failure', [forbidden, guest('stopped')], 'waiting stopped'],
    ['a restart', [opened, guest('starting'), guest('running')], 'connecting, dials'],
    ['the VM is deleted', [opened, guest('missing')], 'waiting missing'],
    ['live data is lost', [opened, guest('unknown')], 'connected'],
    [
      'what the user disconnected stays so',
      [opened, disconnect, guest('stopped'), guest('running')],
      'disconnected byUser',
    ],
  ])('%s', (_name, events, expected) => {
    expect(after('running', events)).toBe(expected)
  })
})

describe('F-40 two sessions', () => {
  test.each<[string, ConsoleEvent[], string]>([
    ['the other was first', [held], 'disconnected inUse'],
    ['taking over', [held, takeOver], 'connecting, takes over'],
    ['taken over', [held, takeOver, opened], 'connected'],
    [
      'later attempts are polite again',
      [takeOver, opened, dropped, retry],
      'reconnecting 1, dials',
    ],
    [
      'our own dead connection may be in the way for a moment',
      [opened, dropped, retry, held],
      'reconnecting 2, pauses 600',
    ],
    [
      'another session took over',
      [opened, dropped, retry, held, retry, held],
      'disconnected takenOver',
    ],
    [
      'another session took over, then the guest ended',
      [opened, dropped, retry, held, retry, held, guest('stopped')],
      'waiting stopped',
    ],
  ])('%s', (_name, events, expected) => {
    expect(after('running', events)).toBe(expected)
  })

  test('two that end each other for ever give up', () => {
    const kicked: ConsoleEvent[] = [opened, lost, retry]
    const rounds = (count: number) => Array.from({ length: count }, () => kicked).flat()
    expect(after('running', rounds(1))).toBe('reconnecting 1, dials')
    expect(after('running', [...rounds(3), opened])).toBe('connected')
    expect(after('running', [...rounds(3), opened, lost])).toBe('disconnected unstable')
    expect(after('running', [...rounds(3), opened, dropped])).toBe('reconnecting 1, pauses 300')
  })
})

test('F-40 who went away for long comes back to a console that asks', () => {
  const open = nextMachine(startMachine('running'), { type: 'opened' })
  const idle = nextMachine(open, { type: 'disconnect', reason: 'idle' })
  expect(idle.state).toEqual({ name: 'disconnected', reason: 'idle' })
  const restarted = nextMachine(idle, { type: 'guest', guest: 'starting' })
  expect(nextMachine(restarted, { type: 'guest', guest: 'running' }).state).toEqual(idle.state)
})

test('F-40 an event that changes nothing keeps the machine', () => {
  const machine = [opened].reduce<ConsoleMachine>(nextMachine, startMachine('running'))
  expect(nextMachine(machine, guest('running'))).toBe(machine)
  expect(nextMachine(machine, connect)).toBe(machine)
  expect(nextMachine(machine, retry)).toBe(machine)
})
