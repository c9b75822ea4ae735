import { createStore, type Store } from '../feedback/store.ts'
import type { Closing } from './closure.ts'
import {
  nextMachine,
  startMachine,
  type ConsoleActivity,
  type ConsoleEvent,
  type ConsoleMachine,
} from './console-state.ts'
import type { GuestAvailability } from './guest-availability.ts'

export interface ConnectionListener {
  /** The console works: for VNC after the handshake, for serial once the socket stays open. */
  opened: () => void
  closed: (closing: Closing) => void
  unusable: (message: string) => void
}

/**
 * One way to show a console. It owns an element that outlives connections and pages, so
 * that scroll-back and picture survive; it knows no React.
 */
export interface ConsoleDisplay {
  readonly element: HTMLElement
  /** Opens a connection; the answer ends it. After that the listener hears nothing more. */
  connect: (options: { takeOver: boolean; listener: ConnectionListener }) => () => void
  focus: () => void
  dispose: () => void
}

export interface ConsoleSession<Display extends ConsoleDisplay = ConsoleDisplay> {
  machine: Pick<Store<ConsoleMachine>, 'get' | 'subscribe' | 'use'>
  /** Undefined until its code is loaded. */
  display: Pick<Store<Display | undefined>, 'get' | 'subscribe' | 'use'>
  send: (event: ConsoleEvent) => void
  /** Ends it for good. */
  dispose: () => void
}

export interface ConsoleSessionOptions<Display extends ConsoleDisplay> {
  guest: GuestAvailability
  /** Loads the code of the console and makes its display; again only after it failed. */
  load: () => Promise<Display>
  /** Injected by tests. */
  now?: () => number
  /** Between 0 and 1; spreads the attempts of many consoles after an outage. */
  random?: () => number
}

/** A connection that neither works nor fails by then (ms) is given up. */
const DIAL_TIMEOUT = 15_000

/** What a browser says of a connection that was never closed in order. */
const TIMED_OUT: Closing = { code: 1006, reason: '' }

const doNothing = () => {}

/** Carries out what the state machine asks for: connections and pauses. */
export function createConsoleSession<Display extends ConsoleDisplay>({
  guest,
  load,
  now = () => performance.now(),
  random = Math.random,
}: ConsoleSessionOptions<Display>): ConsoleSession<Display> {
  const machine = createStore(startMachine(guest))
  const display = createStore<Display | undefined>(undefined)
  let stopActivity = doNothing
  let loading = false
  let disposed = false

  function send(event: ConsoleEvent): void {
    if (disposed) return
    const before = machine.get()
    const after = nextMachine(before, event)
    machine.set(after)
    if (after.activity === before.activity) return
    // The connection that was being dialled is the one that is open now.
    if (before.activity.type === 'dial' && after.activity.type === 'open') return
    stopActivity()
    stopActivity = start(after.activity)
  }

  function start(activity: ConsoleActivity): () => void {
    if (activity.type === 'pause') {
      const delay = activity.delay * (0.75 + random() / 2)
      const timer = setTimeout(() => send({ type: 'retry' }), delay)
      return () => clearTimeout(timer)
    }
    if (activity.type === 'dial') return dial(activity.takeOver)
    return doNothing
  }

  function dial(takeOver: boolean): () => void {
    const ready = display.get()
    if (!ready) {
      void prepare()
      return doNothing
    }
    let openedAt = now()
    const timer = setTimeout(
      () => send({ type: 'closed', closing: TIMED_OUT, lasted: 0 }),
      DIAL_TIMEOUT,
    )
    const end = ready.connect({
      takeOver,
      listener: {
        opened: () => {
          clearTimeout(timer)
          openedAt = now()
          send({ type: 'opened' })
        },
        closed: (closing) => send({ type: 'closed', closing, lasted: now() - openedAt }),
        unusable: (message) => send({ type: 'unusable', message }),
      },
    })
    return () => {
      clearTimeout(timer)
      end()
    }
  }

  /** Loads the display; dials when it is there, if that is still wanted. */
  async function prepare(): Promise<void> {
    if (loading) return
    loading = true
    try {
      const loaded = await load()
      if (disposed) return loaded.dispose()
      display.set(loaded)
      const { activity } = machine.get()
      if (activity.type === 'dial') stopActivity = start(activity)
    } catch (error) {
      send({
        type: 'unusable',
        message: error instanceof Error ? error.message : String(error),
      })
    } finally {
      loading = false
    }
  }

  stopActivity = start(machine.get().activity)

  return {
    machine,
    display,
    send,
    dispose: () => {
      disposed = true
      stopActivity()
      display.get()?.dispose()
    },
  }
}
