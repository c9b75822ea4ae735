import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { IPty } from '@lydell/node-pty'
import { vi } from 'vitest'

const LONGEST_MS = 30_000

/** Waits until what has been printed matches. */
async function untilSeen(output: () => string, pattern: RegExp): Promise<void> {
  const look = (): void => {
    if (!pattern.test(output())) throw new Error(`no ${pattern} in: ${output()}`)
  }
  await vi.waitFor(look, { timeout: LONGEST_MS, interval: 50 })
}

/** A command that runs beside the test. */
export class Background {
  output = ''
  readonly ended: Promise<number | null>
  readonly #child: ChildProcess

  constructor(child: ChildProcess) {
    this.#child = child
    const take = (chunk: Buffer): void => {
      this.output += chunk.toString()
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    this.ended = once(child, 'close').then(([code]) => code as number | null)
  }

  seen(pattern: RegExp): Promise<void> {
    return untilSeen(() => this.output, pattern)
  }

  kill(): void {
    this.#child.kill()
  }
}

/** A command that believes to be at a terminal. */
export class Terminal {
  output = ''
  readonly ended: Promise<number>
  readonly #terminal: IPty

  constructor(terminal: IPty) {
    this.#terminal = terminal
    terminal.onData((text) => {
      this.output += text
    })
    this.ended = new Promise((resolve) => {
      terminal.onExit(({ exitCode }) => resolve(exitCode))
    })
  }

  seen(pattern: RegExp): Promise<void> {
    return untilSeen(() => this.output, pattern)
  }

  type(text: string): void {
    this.#terminal.write(text)
  }

  resize(size: { cols: number; rows: number }): void {
    this.#terminal.resize(size.cols, size.rows)
  }

  kill(): void {
    this.#terminal.kill('SIGKILL')
  }
}
