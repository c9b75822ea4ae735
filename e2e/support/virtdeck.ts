import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '../..')
const START_TIMEOUT_MS = 180_000

/** A whole Virtdeck of its own: free ports, real guests where possible. */
export interface Virtdeck {
  url: string
  dataDirectory: string
  process: ChildProcess
  /** Ends it as Ctrl-C does and resolves with its exit code; the data stays. */
  stop: () => Promise<number | null>
}

interface StartOptions {
  /** An existing data folder; a new one in the system's temporary folder unless told. */
  dataDirectory?: string
  args?: string[]
}

export const makeDataDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'virtdeck-e2e-'))

export const removeDataDirectory = (directory: string): Promise<void> =>
  rm(directory, { recursive: true, force: true })

/** Starts Virtdeck with `npm start`'s own script and waits for its sign-in URL. */
export async function startVirtdeck(options: StartOptions = {}): Promise<Virtdeck> {
  const dataDirectory = options.dataDirectory ?? (await makeDataDirectory())
  const { child, lines } = runStart(['--data-dir', dataDirectory, ...(options.args ?? [])])
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGINT')
    return exitOf(child)
  }
  const url = await new Promise<string>((found, failed) => {
    const fail = (why: string) => failed(new Error(`${why}\n${lines.slice(-30).join('\n')}`))
    const timer = setTimeout(() => fail('Virtdeck did not start in time'), START_TIMEOUT_MS)
    lines.onLine = (line) => {
      const match = /(http:\/\/127\.0\.0\.1:\d+)\/login#code=/.exec(line)
      if (match?.[1] === undefined) return
      clearTimeout(timer)
      found(match[1])
    }
    child.once('exit', (code) => fail(`Virtdeck ended with ${code}`))
  }).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { url, dataDirectory, process: child, stop }
}

/** Runs a start that is expected to fail; resolves with how it ended and what it said. */
export async function startAndFail(
  args: string[],
): Promise<{ code: number | null; output: string }> {
  const { child, lines } = runStart(args)
  const code = await exitOf(child)
  return { code, output: lines.join('\n') }
}

type Lines = string[] & { onLine?: (line: string) => void }

function runStart(args: string[]): { child: ChildProcess; lines: Lines } {
  const ports = ['--port', '0', '--api-port', '0']
  const child = spawn(process.execPath, ['start.mjs', ...ports, '--temporary', ...args], {
    cwd: ROOT,
    // It stops when this pipe closes, and leaves nothing, also if the test run is killed.
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const lines: Lines = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      lines.onLine?.(line)
    })
  }
  return { child, lines }
}

/** Resolves when the process has ended and its output is read. */
function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('close', resolve))
}

/** The token of a seeded user, from the kubeconfig that the local cluster writes. */
export async function tokenOf(
  user: 'admin' | 'developer',
  dataDirectory: string,
): Promise<string> {
  const file = user === 'admin' ? 'kubeconfig' : 'kubeconfig-developer'
  const text = await readFile(join(dataDirectory, file), 'utf8')
  const token = /token:\s*"?([^\s"]+)/.exec(text)?.[1]
  if (token === undefined) throw new Error(`${file} holds no token`)
  return token
}
