import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PlainError } from './say.mjs'

const READY_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 15_000
/** A process that lived this long had a good start; its next failure starts anew. */
const GOOD_RUN_MS = 30_000

/**
 * Starts processes, restarts those that die, and stops them all in reverse order.
 * Their output goes to a file each; what they print to stderr also to the terminal.
 */
export class Supervisor {
  #processes = []
  #stopping = false
  #logDirectory
  #verbose

  constructor({ logDirectory, verbose }) {
    this.#logDirectory = logDirectory
    this.#verbose = verbose
    mkdirSync(logDirectory, { recursive: true })
  }

  /** Resolves with the line in which the process said that it is ready. */
  start({ name, command, args, env }) {
    const entry = { name, command, args, env, failures: 0, child: undefined, timer: undefined }
    this.#processes.push(entry)
    return this.#spawn(entry)
  }

  /** The process ids by name, for the record that a later start cleans up by. */
  get pids() {
    return Object.fromEntries(
      this.#processes
        .filter(({ child }) => child?.pid)
        .map(({ name, child }) => [name, child.pid]),
    )
  }

  /** Called when a process was started again and has a new pid. */
  onRestart = () => {}

  async stop() {
    this.#stopping = true
    for (const entry of this.#processes.toReversed()) await stopProcess(entry)
  }

  #spawn(entry) {
    const { name, command, args, env } = entry
    const startedAt = Date.now()
    const child = spawn(command, args, {
      // A group of its own: Ctrl-C reaches only the supervisor, which stops them in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    entry.child = child
    const file = createWriteStream(join(this.#logDirectory, `${name}.log`), { flags: 'a' })
    const lastErrors = []
    return new Promise((resolve, reject) => {
      let ready = false
      const timer = setTimeout(() => {
        reject(new PlainError(`${name} did not become ready in ${READY_TIMEOUT_MS / 1000} s.`))
      }, READY_TIMEOUT_MS)
      createInterface({ input: child.stdout }).on('line', (line) => {
        file.write(`${line}\n`)
        if (this.#verbose) process.stdout.write(`${prefix(name)}${line}\n`)
        if (!ready && /\bready\b/.test(line)) {
          ready = true
          clearTimeout(timer)
          resolve(line)
        }
      })
      createInterface({ input: child.stderr }).on('line', (line) => {
        file.write(`${line}\n`)
        lastErrors.push(line)
        if (ready) process.stderr.write(`${prefix(name)}${line}\n`)
      })
      child.on('error', (error) =>
        reject(new PlainError(`${name} cannot start: ${error.message}`)),
      )
      child.on('close', (code, signal) => {
        clearTimeout(timer)
        file.end()
        if (this.#stopping) return resolve('')
        if (!ready) {
          const reason = lastErrors.slice(-3).join('\n') || `it ended with ${signal ?? code}`
          return reject(new PlainError(`${name} cannot start: ${reason}`))
        }
        this.#restart(entry, { code, signal, startedAt })
      })
    })
  }

  #restart(entry, { code, signal, startedAt }) {
    entry.failures = Date.now() - startedAt > GOOD_RUN_MS ? 1 : entry.failures + 1
    const delay = Math.min(10_000, 250 * 2 ** (entry.failures - 1))
    process.stderr.write(`${prefix(entry.name)}ended (${signal ?? code}); starting it again\n`)
    entry.timer = setTimeout(() => void this.#startAgain(entry), delay)
  }

  async #startAgain(entry) {
    try {
      await this.#spawn(entry)
      this.onRestart()
    } catch (error) {
      process.stderr.write(`${prefix(entry.name)}${error.message}\n`)
      if (!this.#stopping)
        this.#restart(entry, { code: 1, signal: null, startedAt: Date.now() })
    }
  }
}

const prefix = (name) => `${name.padEnd(11)}│ `

async function stopProcess({ child, timer }) {
  clearTimeout(timer)
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await ended
  clearTimeout(killer)
}
