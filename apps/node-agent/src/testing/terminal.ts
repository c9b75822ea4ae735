import type { Duplex } from 'node:stream'

/** What a person at a terminal does: reads what is there and types. */
export class Terminal {
  readonly #stream: Duplex
  #text = ''
  #changed: () => void = () => undefined

  constructor(stream: Duplex) {
    this.#stream = stream
    stream.on('error', () => undefined)
    stream.on('data', (chunk: Buffer) => {
      // A chunk may end in the middle of an escape sequence.
      const text = this.#text + chunk.toString('utf8')
      // eslint-disable-next-line no-control-regex
      this.#text = text.replaceAll(/\x1b\[[0-9;]*[A-Za-z]|\r/g, '')
      this.#changed()
    })
  }

  type(text: string): void {
    this.#stream.write(text)
  }

  /** Forgets what was shown so far. */
  clear(): void {
    this.#text = ''
  }

  close(): void {
    this.#stream.destroy()
  }

  waitFor(pattern: RegExp, timeoutMs = 60_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no ${pattern} in:\n${this.#text}`)),
        timeoutMs,
      )
      this.#changed = () => {
        if (!pattern.test(this.#text)) return
        clearTimeout(timer)
        resolve()
      }
      this.#changed()
    })
  }

  /** Logs in on the sample guest. */
  async login(): Promise<void> {
    await this.waitFor(/login: $/)
    this.type('root\n')
    await this.waitFor(/root@\S+# $/)
  }

  /** Runs a command and gives what it printed. */
  async run(command: string, timeoutMs?: number): Promise<string> {
    this.clear()
    this.type(`${command}\n`)
    await this.waitFor(/\nroot@\S+# $/, timeoutMs)
    return this.#text
  }
}
