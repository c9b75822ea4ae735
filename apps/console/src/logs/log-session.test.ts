import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { ApiError } from '../live/api-error.ts'
import { LogBuffer } from './log-buffer.ts'
import { createLogSession, type LogSessionOptions } from './log-session.ts'

const LINES_A_SECOND = 10_000
const SECONDS = 30

/** Two lines in each tenth of a millisecond have the same time, as busy programs have. */
const timeOf = (line: number): string => {
  const seconds = Math.floor(line / LINES_A_SECOND)
  const fraction = Math.floor((line % LINES_A_SECOND) / 2) * 2
  // Container runtimes leave out zeros at the end of a fraction.
  const digits = String(fraction).padStart(4, '0').replace(/0+$/, '')
  return `2026-11-23T10:00:${String(seconds).padStart(2, '0')}${digits && `.${digits}`}Z`
}

const lineOf = (line: number) => `${timeOf(line)} line ${line} über 日本語\n`

/** What a kubelet has from a second on, as `sinceTime` gets there without its fraction. */
function logSince(sinceTime: string | undefined): Uint8Array {
  const from = sinceTime === undefined ? 0 : Number(sinceTime.slice(17, 19)) * LINES_A_SECOND
  let text = ''
  for (let line = from; line < LINES_A_SECOND * SECONDS; line += 1) text += lineOf(line)
  return new TextEncoder().encode(text)
}

/** The bytes in pieces of odd sizes; `breaksAt` cuts the connection after so many. */
function streamOf(bytes: Uint8Array, breaksAt = Infinity): ReadableStream<Uint8Array> {
  let at = 0
  let size = 1
  return new ReadableStream({
    pull: (controller) => {
      size = (size * 7919) % 65_521
      const end = Math.min(at + size, bytes.length, breaksAt)
      controller.enqueue(bytes.subarray(at, end))
      at = end
      if (at >= breaksAt) controller.error(new TypeError('network error'))
      else if (at >= bytes.length) controller.close()
    },
  })
}

function start({
  isOver = true,
  ...options
}: Partial<LogSessionOptions> & Pick<LogSessionOptions, 'open'> & { isOver?: boolean }) {
  const session = createLogSession({
    follow: true,
    wait: async () => undefined,
    ...options,
  })
  session.setOver(isOver)
  onTestFinished(session.start())
  return session
}

const ended = (session: ReturnType<typeof start>) =>
  vi.waitUntil(() => session.state.get().name === 'ended', { timeout: 15_000 })

describe('F-90 ten thousand lines a second', () => {
  const whole = logSince(undefined)

  it('arrive all, in order, whatever pieces they come in', async () => {
    const session = start({ open: async () => streamOf(whole) })
    await ended(session)
    const { buffer } = session
    expect(buffer.end).toBe(LINES_A_SECOND * SECONDS)
    const wrong = []
    for (let line = buffer.first; line < buffer.end; line += 1) {
      const { time, text } = buffer.line(line) ?? {}
      if (`${time} ${text}\n` !== lineOf(line)) wrong.push(line)
    }
    expect(wrong).toEqual([])
  })

  it('arrive once each although the connection breaks again and again', async () => {
    const asked: (string | undefined)[] = []
    const session = start({
      open: async ({ sinceTime }) => {
        asked.push(sinceTime)
        // The eighth attempt holds.
        return streamOf(logSince(sinceTime), asked.length < 8 ? 2_000_003 : Infinity)
      },
    })
    await ended(session)
    const { buffer } = session
    expect(asked).toHaveLength(8)
    expect(buffer.end).toBe(LINES_A_SECOND * SECONDS)
    const wrong = []
    for (let line = buffer.first; line < buffer.end; line += 1) {
      if (buffer.line(line)?.text !== `line ${line} über 日本語`) wrong.push(line)
    }
    expect(wrong).toEqual([])
  })

  it('push out the oldest ones, and only those, when they are more than can be kept', async () => {
    const buffer = new LogBuffer({ lines: 70_000, characters: Infinity })
    await ended(start({ open: async () => streamOf(whole), buffer }))
    expect(buffer.end).toBe(LINES_A_SECOND * SECONDS)
    expect(buffer.first).toBe(LINES_A_SECOND * SECONDS - 70_000)
    expect(buffer.line(buffer.first - 1)).toBeUndefined()
    for (const line of [buffer.first, buffer.first + 35_000, buffer.end - 1]) {
      expect(buffer.line(line)?.time).toBe(timeOf(line))
    }
  })
})

describe('a log', () => {
  const refusal = (status: number, message: string) =>
    new ApiError({ status, reason: 'BadRequest', message })

  it('is waited for while its container starts', async () => {
    const states: string[] = []
    let attempts = 0
    const session = start({
      open: async () => {
        attempts += 1
        if (attempts < 3) {
          throw refusal(400, 'container "compute" in pod "p" is waiting to start: Creating')
        }
        return streamOf(new TextEncoder().encode('2026-11-23T10:00:00Z hello\n'))
      },
      wait: async () => void states.push(session.state.get().name),
    })
    await ended(session)
    expect(states).toEqual(['waiting', 'waiting'])
    expect(session.buffer.line(0)?.text).toBe('hello')
  })

  it('that is not there, or not for this user, is not asked for again', async () => {
    const open = vi.fn<LogSessionOptions['open']>(async () => {
      throw refusal(400, 'previous terminated container "compute" in pod "p" not found')
    })
    const session = start({ open })
    await vi.waitUntil(() => session.state.get().name === 'failed')
    expect(open).toHaveBeenCalledOnce()
  })

  it('ends when its pod was removed while it was read', async () => {
    let attempts = 0
    const session = start({
      isOver: false,
      open: async () => {
        attempts += 1
        if (attempts > 1) throw refusal(404, 'pods "p" not found')
        return streamOf(new TextEncoder().encode('2026-11-23T10:00:00Z bye'))
      },
    })
    await ended(session)
    expect(session.buffer.line(0)?.text).toBe('bye')
  })

  it('stops being read when nobody looks any more', async () => {
    const signals: AbortSignal[] = []
    const session = createLogSession({
      follow: true,
      open: async ({ signal }) => {
        signals.push(signal)
        return streamOf(new Uint8Array())
      },
    })
    const stop = session.start()
    await vi.waitUntil(() => signals.length === 1)
    stop()
    expect(signals[0]?.aborted).toBe(true)
  })
})
