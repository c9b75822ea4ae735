import { connect, type Socket } from 'node:net'

/** An asynchronous message of QEMU, such as SHUTDOWN. */
export interface QmpEvent {
  event: string
  data?: Record<string, unknown>
}

export interface QmpOptions {
  path: string
  onEvent: (event: QmpEvent) => void
  /** The connection ended: QEMU is gone, unless `close` was called. */
  onClose: () => void
  timeoutMs?: number
}

interface Pending {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout
}

interface QmpMessage {
  QMP?: unknown
  id?: number
  return?: unknown
  error?: { class: string; desc: string }
  event?: string
  data?: Record<string, unknown>
}

const TIMEOUT_MS = 5_000

/**
 * QEMU's monitor. It serves one client at a time and greets the next one only when the first is
 * gone: so the greeting has a timeout, and a half-open connection is destroyed.
 */
export class QmpClient {
  readonly #options: QmpOptions
  readonly #socket: Socket
  readonly #pending = new Map<number, Pending>()
  #greeted: (() => void) | undefined
  #nextId = 1
  #rest = ''
  #closed = false

  private constructor(socket: Socket, options: QmpOptions) {
    this.#socket = socket
    this.#options = options
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => this.#read(chunk))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#end())
  }

  static async connect(options: QmpOptions): Promise<QmpClient> {
    const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
    const socket = connect(options.path)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    const client = new QmpClient(socket, options)
    try {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error('the QEMU monitor does not answer')),
          timeoutMs,
        )
        client.#greeted = () => {
          clearTimeout(timer)
          resolve()
        }
        socket.once('close', () => {
          clearTimeout(timer)
          reject(new Error('QEMU closed its monitor'))
        })
      })
      await client.execute('qmp_capabilities')
    } catch (error) {
      client.close()
      throw error
    }
    return client
  }

  execute(command: string, args?: Record<string, unknown>): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error('QEMU is gone'))
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id)
        reject(new Error(`QEMU does not answer to ${command}`))
      }, this.#options.timeoutMs ?? TIMEOUT_MS)
      this.#pending.set(id, { resolve, reject, timer })
      const request = { execute: command, id, ...(args && { arguments: args }) }
      this.#socket.write(`${JSON.stringify(request)}\n`)
    })
  }

  /** A command of the human monitor: some things exist only there. Its answer is text. */
  async human(line: string): Promise<string> {
    const answer = await this.execute('human-monitor-command', { 'command-line': line })
    return String(answer).trim()
  }

  /** Ends the connection without `onClose`; QEMU runs on. */
  close(): void {
    this.#closed = true
    this.#socket.destroy()
  }

  #read(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.trim() !== '') this.#handle(JSON.parse(line) as QmpMessage)
    }
  }

  #handle(message: QmpMessage): void {
    if (message.QMP !== undefined) this.#greeted?.()
    else if (message.event !== undefined) {
      const { event, data } = message
      this.#options.onEvent(data === undefined ? { event } : { event, data })
    } else if (message.id !== undefined) {
      const pending = this.#pending.get(message.id)
      if (pending === undefined) return
      this.#pending.delete(message.id)
      clearTimeout(pending.timer)
      if (message.error) pending.reject(new Error(message.error.desc))
      else pending.resolve(message.return)
    }
  }

  #end(): void {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer)
      reject(new Error('QEMU is gone'))
    }
    this.#pending.clear()
    if (this.#closed) return
    this.#closed = true
    this.#options.onClose()
  }
}
