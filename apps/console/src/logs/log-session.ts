import { createStore, type Store } from '../feedback/store.ts'
import { toApiError, type ApiError } from '../live/api-error.ts'
import { LineSplitter } from './line-splitter.ts'
import { LogBuffer } from './log-buffer.ts'
import { parseLine } from './log-line.ts'
import { LogResume } from './log-resume.ts'

export type LogState =
  | { name: 'loading' }
  | { name: 'following' }
  /** Everything was read, and nothing more will come. */
  | { name: 'ended' }
  /** The container has not started; the cluster says why. */
  | { name: 'waiting'; message: string }
  | { name: 'reconnecting'; message: string }
  | { name: 'failed'; error: ApiError }

export interface LogSessionOptions {
  /** Begins to read; with `sinceTime`, goes on from there. */
  open: (options: {
    sinceTime: string | undefined
    signal: AbortSignal
  }) => Promise<ReadableStream<Uint8Array>>
  /** Waits for what is added. */
  follow: boolean
  buffer?: LogBuffer
  /** Pauses between attempts; injected by tests. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

export interface LogSession {
  buffer: LogBuffer
  state: Pick<Store<LogState>, 'get' | 'subscribe' | 'use'>
  /** Changes with the lines, at most once a frame. */
  version: Pick<Store<number>, 'get' | 'subscribe' | 'use'>
  /** Whether the container writes no more; until one knows, it may. */
  setOver: (isOver: boolean) => void
  /** Reads until the log is over; returns what ends it. */
  start: () => () => void
}

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 5_000
/** The page gets its turn after so much work (ms). */
const TURN = 8

/** Reads a log for as long as somebody looks, through breaks, without loss or repetition. */
export function createLogSession(options: LogSessionOptions): LogSession {
  const { open, follow, buffer = new LogBuffer(), wait = pause } = options
  const state = createStore<LogState>({ name: 'loading' })
  const version = createStore(0)
  const resume = new LogResume()
  let isOver = false
  const changed = oncePerFrame(() => version.set(version.get() + 1))

  const add = (lines: string[]) => {
    if (lines.length === 0) return
    buffer.append(resume.fresh(lines.map(parseLine)))
    changed()
  }

  async function readOnce(signal: AbortSignal): Promise<void> {
    const body = await open({ sinceTime: resume.sinceTime, signal })
    resume.reopened()
    state.set({ name: follow ? 'following' : 'loading' })
    const splitter = new LineSplitter()
    const decoder = new TextDecoder()
    const reader = body.getReader()
    let turn = performance.now()
    // One piece at a time: what is not read waits in the cluster, not here.
    for (;;) {
      const { done, value } = await reader.read()
      if (signal.aborted) return
      if (done) break
      add(splitter.push(decoder.decode(value, { stream: true })))
      if (performance.now() - turn > TURN) {
        await nextTask()
        turn = performance.now()
      }
    }
    // Whole only here: after a break the rest of a line is sent again.
    add(splitter.finish())
  }

  async function read(signal: AbortSignal): Promise<void> {
    let pauseFor = FIRST_PAUSE
    while (!signal.aborted) {
      const before = buffer.end
      try {
        await readOnce(signal)
        if (!follow || isOver) return state.set({ name: 'ended' })
      } catch (caught) {
        if (signal.aborted) return
        const next = afterError(toApiError(caught), buffer.end > 0)
        state.set(next)
        if (next.name === 'failed' || next.name === 'ended') return
      }
      if (buffer.end > before) pauseFor = FIRST_PAUSE
      await wait(pauseFor, signal)
      pauseFor = Math.min(LONGEST_PAUSE, pauseFor * 2)
    }
  }

  return {
    buffer,
    state,
    version,
    setOver: (over) => {
      isOver = over
    },
    start: () => {
      const abort = new AbortController()
      void read(abort.signal)
      return () => abort.abort()
    },
  }
}

/** Pure: what an error means for somebody who reads a log. */
function afterError(error: ApiError, hasLines: boolean): LogState {
  const { status, message } = error
  if (status === 400 && /waiting to start|PodInitializing/i.test(message)) {
    return { name: 'waiting', message }
  }
  // The pod was removed under our eyes: what it said is all there is.
  if (status === 404 && hasLines) return { name: 'ended' }
  if (status >= 400 && status < 500 && status !== 429) return { name: 'failed', error }
  return { name: 'reconnecting', message }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Not a timer: those of tabs in the background run once a second. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
    port2.postMessage(undefined)
  })
}

function oncePerFrame(notify: () => void): () => void {
  let isPlanned = false
  const run = () => {
    isPlanned = false
    notify()
  }
  return () => {
    if (isPlanned) return
    isPlanned = true
    if (typeof requestAnimationFrame === 'undefined') setTimeout(run, 16)
    else requestAnimationFrame(run)
  }
}
