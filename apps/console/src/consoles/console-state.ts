import { closureOf, type Closing } from './closure.ts'
import type { GuestAvailability } from './guest-availability.ts'

/** What people see. Every state has a view and a sentence: a console is never blank. */
export type ConsoleState =
  /** There is no guest to connect to (yet); connects by itself as soon as there is. */
  | { name: 'waiting'; guest: GuestAvailability }
  | { name: 'connecting' }
  | { name: 'connected' }
  /** The connection was lost; `attempt` counts from 1, `message` is the last refusal. */
  | { name: 'reconnecting'; attempt: number; message?: string }
  | { name: 'disconnected'; reason: DisconnectReason }
  | { name: 'failed'; message: string; status?: number }

export type DisconnectReason =
  | 'byUser'
  /** Nobody has used it for as long as the administrator allows. */
  | 'idle'
  /** Another session had the console when this one wanted it first. */
  | 'inUse'
  /** Another session ended this one. */
  | 'takenOver'
  /** Every connection ended right away: most likely two sessions end each other's. */
  | 'unstable'

/** What the session has to do for the machine; acting on a new one ends the one before. */
export type ConsoleActivity =
  | { type: 'none' }
  | { type: 'dial'; takeOver: boolean }
  | { type: 'open' }
  /** Dials again after `delay` milliseconds. */
  | { type: 'pause'; delay: number }

export interface ConsoleMachine {
  state: ConsoleState
  activity: ConsoleActivity
  guest: GuestAvailability
  /** Whether this console was ever connected since somebody asked for it. */
  wasConnected: boolean
  /** Attempts in a row without a connection. */
  failures: number
  /** Attempts since the last connection that were refused because of another session. */
  refusals: number
  /** Connections in a row that ended before {@link STABLE_AFTER}. */
  shortLived: number
}

export type ConsoleEvent =
  | { type: 'guest'; guest: GuestAvailability }
  | { type: 'connect'; takeOver?: boolean }
  | { type: 'disconnect'; reason?: 'byUser' | 'idle' }
  | { type: 'opened' }
  | { type: 'closed'; closing: Closing; lasted: number }
  /** The pause is over, or the network is back. */
  | { type: 'retry' }
  /** The console cannot work at all: its code did not load, the guest asks for a password. */
  | { type: 'unusable'; message: string }

/** A connection that lasted this long (ms) proves that nobody fights for the console. */
export const STABLE_AFTER = 10_000
const MAX_SHORT_LIVED = 4
/** Our own connection may look alive to the cluster for a moment after it was cut. */
const MAX_REFUSALS_AFTER_LOSS = 1

const FIRST_DELAY = 300
const MAX_DELAY = 5_000
/** How long to wait (ms) after so many failed attempts: 300, 600, 1200 … 5000. */
export const backOff = (failures: number): number =>
  Math.min(MAX_DELAY, FIRST_DELAY * 2 ** Math.max(0, failures - 1))

const NONE: ConsoleActivity = { type: 'none' }

export function startMachine(guest: GuestAvailability): ConsoleMachine {
  const idle: ConsoleMachine = {
    state: { name: 'waiting', guest },
    activity: NONE,
    guest,
    wasConnected: false,
    failures: 0,
    refusals: 0,
    shortLived: 0,
  }
  return canDial(guest) ? connect(idle) : idle
}

/** Pure: the machine after an event; the same object when nothing changes. */
export function nextMachine(machine: ConsoleMachine, event: ConsoleEvent): ConsoleMachine {
  switch (event.type) {
    case 'guest':
      return afterGuest(machine, event.guest)
    case 'connect':
      return afterConnectRequest(machine, event.takeOver ?? false)
    case 'disconnect':
      return stop(machine, { name: 'disconnected', reason: event.reason ?? 'byUser' })
    case 'opened':
      return machine.activity.type === 'dial' ? opened(machine) : machine
    case 'closed':
      return afterClosed(machine, event)
    case 'retry':
      return machine.activity.type === 'pause' ? dial(machine) : machine
    case 'unusable':
      return stop(machine, { name: 'failed', message: event.message })
  }
}

/** Reasons after which nothing connects until somebody asks for it. */
const WANTED: ReadonlySet<DisconnectReason> = new Set(['byUser', 'idle'])

/** Without live data (`unknown`) the cluster's answer to an attempt tells. */
const canDial = (guest: GuestAvailability): boolean =>
  guest === 'running' || guest === 'unknown'

function connect(machine: ConsoleMachine, takeOver = false): ConsoleMachine {
  return {
    ...machine,
    state: { name: 'connecting' },
    activity: { type: 'dial', takeOver },
    wasConnected: false,
    failures: 0,
    refusals: 0,
    shortLived: 0,
  }
}

function dial(machine: ConsoleMachine): ConsoleMachine {
  return { ...machine, activity: { type: 'dial', takeOver: false } }
}

function stop(machine: ConsoleMachine, state: ConsoleState): ConsoleMachine {
  return { ...machine, state, activity: NONE }
}

function wait(machine: ConsoleMachine): ConsoleMachine {
  return {
    ...machine,
    state: { name: 'waiting', guest: machine.guest },
    activity: NONE,
    failures: 0,
    refusals: 0,
    shortLived: 0,
  }
}

function opened(machine: ConsoleMachine): ConsoleMachine {
  return {
    ...machine,
    state: { name: 'connected' },
    activity: { type: 'open' },
    wasConnected: true,
    failures: 0,
    refusals: 0,
  }
}

function afterConnectRequest(machine: ConsoleMachine, takeOver: boolean): ConsoleMachine {
  if (machine.activity.type === 'open' && !takeOver) return machine
  return canDial(machine.guest) ? connect(machine, takeOver) : wait(machine)
}

/*
 * state          guest runs      guest is starting, stopping, stopped, missing
 * waiting        connect         wait, naming the new reason
 * connecting…    –               wait
 * connected      –               wait; but stay while it is stopping (its last words)
 * disconnected   –               stay if the user wanted it so, otherwise wait
 * failed         –               wait: the next guest deserves a new attempt
 */
function afterGuest(before: ConsoleMachine, guest: GuestAvailability): ConsoleMachine {
  if (before.guest === guest) return before
  const machine = { ...before, guest }
  const { state } = machine
  if (guest === 'unknown') return machine
  if (guest === 'running') return state.name === 'waiting' ? connect(machine) : machine
  if (state.name === 'disconnected' && WANTED.has(state.reason)) return machine
  if (state.name === 'connected' && guest === 'stopping') return machine
  return wait(machine)
}

function afterClosed(
  machine: ConsoleMachine,
  { closing, lasted }: { closing: Closing; lasted: number },
): ConsoleMachine {
  if (machine.activity.type === 'open') return afterLoss(machine, lasted)
  if (machine.activity.type !== 'dial') return machine
  const closure = closureOf(closing)
  switch (closure.type) {
    case 'refused':
      return stop(machine, {
        name: 'failed',
        message: closure.message,
        status: closure.status,
      })
    case 'notRunning':
      return afterNotRunning(machine)
    case 'held':
      return afterHeld(machine, closure.message)
    case 'lost':
      return reconnect(machine, closure.message)
  }
}

function afterLoss(machine: ConsoleMachine, lasted: number): ConsoleMachine {
  if (!canDial(machine.guest)) return wait(machine)
  const shortLived = lasted < STABLE_AFTER ? machine.shortLived + 1 : 0
  if (shortLived >= MAX_SHORT_LIVED) {
    return stop(machine, { name: 'disconnected', reason: 'unstable' })
  }
  return reconnect({ ...machine, shortLived })
}

function reconnect(machine: ConsoleMachine, message?: string): ConsoleMachine {
  const failures = machine.failures + 1
  // Connections that end at once are retried more and more slowly, too.
  const delay = backOff(failures + machine.shortLived)
  return {
    ...machine,
    state: {
      name: 'reconnecting',
      attempt: failures,
      ...(message ? { message } : {}),
    },
    activity: { type: 'pause', delay },
    failures,
  }
}

/** The live object can be behind or ahead of the host that runs the guest: ask again. */
function afterNotRunning(machine: ConsoleMachine): ConsoleMachine {
  if (!canDial(machine.guest)) return wait(machine)
  const failures = machine.failures + 1
  return {
    ...machine,
    state: { name: 'waiting', guest: machine.guest === 'running' ? 'starting' : 'unknown' },
    activity: { type: 'pause', delay: backOff(failures) },
    failures,
  }
}

function afterHeld(machine: ConsoleMachine, message: string): ConsoleMachine {
  if (!machine.wasConnected) return stop(machine, { name: 'disconnected', reason: 'inUse' })
  const refusals = machine.refusals + 1
  if (refusals > MAX_REFUSALS_AFTER_LOSS) {
    return stop(machine, { name: 'disconnected', reason: 'takenOver' })
  }
  // Nobody fights here: who is refused does not end the other's connection.
  return reconnect({ ...machine, refusals, shortLived: 0 }, message)
}
