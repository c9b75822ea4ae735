import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The API server as a process of its own, which can be killed and started again. */
export class ServerProcess {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-server-'))
  url = ''
  #child: ChildProcess | undefined

  /** Starts on the same directory and, after the first time, on the same port. */
  start(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port
    const main = path.join(import.meta.dirname, '../main.ts')
    const child = spawn(
      process.execPath,
      [main, '--data-dir', this.directory, '--port', port, '--nodes', 'node01'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    this.#child = child
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the API server ended with ${code}`)))
      child.stdout.on('data', (text: Buffer) => {
        const [, url] = /ready on (\S+)/.exec(text.toString()) ?? []
        if (url === undefined) return
        this.url = url
        resolve()
      })
    })
  }

  /** Resolves when the process is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const closed = new Promise((resolve) => child.once('close', resolve))
    child.kill(signal)
    await closed
  }

  get ca(): string {
    return readFileSync(path.join(this.directory, 'pki/ca.crt'), 'utf8')
  }

  get token(): string {
    const tokens: unknown = JSON.parse(
      readFileSync(path.join(this.directory, 'tokens.json'), 'utf8'),
    )
    return (tokens as { admin: string }).admin
  }

  async dispose(): Promise<void> {
    await this.end('SIGKILL')
    rmSync(this.directory, { recursive: true, force: true })
  }
}
