import { randomInt } from 'node:crypto'
import { connect, type Socket } from 'node:net'

interface Answer {
  return?: unknown
  error?: { desc?: string }
}

interface Waiting {
  accept: (answer: Answer) => boolean
  resolve: (answer: Answer) => void
  reject: (error: Error) => void
}

const TIMEOUT_MS = 5_000
/** What no JSON text contains: it ends whatever the agent was reading before. */
const DELIMITER = 0xff

/**
 * The channel to the guest agent of a guest. Commands go one after another. Nobody knows what an
 * earlier client left in it, so each connection begins with a synchronisation; and one on which
 * an answer stays away is given up.
 */
export class GuestAgentChannel {
  readonly #path: string
  readonly #timeoutMs: number
  #socket: Socket | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #waiting: Waiting | undefined
  #rest: Buffer = Buffer.alloc(0)
  #closed = false

  constructor(path: string, timeoutMs = TIMEOUT_MS) {
    this.#path = path
    this.#timeoutMs = timeoutMs
  }

  execute(command: string, args?: Record<string, unknown>): Promise<unknown> {
    const run = async () => {
      await this.#open()
      const request = { execute: command, ...(args && { arguments: args }) }
      const answer = await this.#ask(Buffer.from(`${JSON.stringify(request)}\n`), {
        what: command,
        accept: () => true,
      })
      if (answer.error) throw new Error(answer.error.desc ?? `${command} failed`)
      return answer.return
    }
    const result = this.#queue.then(run, run)
    this.#queue = result.catch(() => undefined)
    return result
  }

  close(): void {
    this.#closed = true
    this.#drop(new Error('the guest agent is not connected'))
  }

  async #open(): Promise<void> {
    if (this.#closed) throw new Error('the guest agent is not connected')
    if (this.#socket !== undefined) return
    const socket = connect(this.#path)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    this.#socket = socket
    this.#rest = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      if (this.#socket === socket) this.#drop(new Error('the guest agent is not connected'))
    })
    const id = randomInt(2 ** 31)
    const request = JSON.stringify({ execute: 'guest-sync', arguments: { id } })
    await this.#ask(Buffer.concat([Buffer.of(DELIMITER), Buffer.from(`${request}\n`)]), {
      what: 'guest-sync',
      accept: (answer) => answer.return === id,
    })
  }

  #ask(
    request: Buffer,
    { what, accept }: { what: string; accept: Waiting['accept'] },
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#drop(new Error(`the guest agent does not answer to ${what}`)),
        this.#timeoutMs,
      )
      this.#waiting = {
        accept,
        resolve: (answer) => {
          clearTimeout(timer)
          resolve(answer)
        },
        reject: (error) => {
          clearTimeout(timer)
          reject(error)
        },
      }
      this.#socket?.write(request)
    })
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk])
    for (;;) {
      const end = this.#rest.indexOf(0x0a)
      if (end < 0) return
      const line = this.#rest.subarray(0, end).toString('utf8')
      this.#rest = this.#rest.subarray(end + 1)
      const answer = parsed(line)
      const waiting = this.#waiting
      // Answers to an earlier client's questions are passed over.
      if (answer === undefined || waiting === undefined || !waiting.accept(answer)) continue
      this.#waiting = undefined
      waiting.resolve(answer)
    }
  }

  #drop(error: Error): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    this.#socket?.destroy()
    this.#socket = undefined
    waiting?.reject(error)
  }
}

function parsed(line: string): Answer | undefined {
  try {
    return JSON.parse(line.replaceAll('\ufffd', '')) as Answer
  } catch {
    return undefined
  }
}
