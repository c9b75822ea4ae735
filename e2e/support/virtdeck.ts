import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = resolve(import.meta.dirname, '../..')
const START_TIMEOUT_MS = 180_000

/** A whole Virtdeck of its own: temporary data folder, free ports, real guests where possible. */
export interface Virtdeck {
  url: string
  dataDirectory: string
  process: ChildProcess
  stop: () => Promise<void>
}

/** Starts Virtdeck with `npm start`'s own script and waits for its sign-in URL. */
export async function startVirtdeck(): Promise<Virtdeck> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'virtdeck-e2e-'))
  const args = ['start.mjs', '--port', '0', '--api-port', '0', '--data-dir', dataDirectory]
  const child = spawn(process.execPath, [...args, '--stop-with-stdin'], {
    cwd: ROOT,
    // It stops when this pipe closes, also if the test run is killed.
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const stop = async () => {
    child.stdin.end()
    await ended
    await rm(dataDirectory, { recursive: true, force: true })
  }
  const url = await new Promise<string>((found, failed) => {
    const fail = (why: string) => failed(new Error(`${why}\n${lines.slice(-30).join('\n')}`))
    const timer = setTimeout(() => fail('Virtdeck did not start in time'), START_TIMEOUT_MS)
    const read = (line: string) => {
      lines.push(line)
      const match = /(http:\/\/127\.0\.0\.1:\d+)\/login#code=/.exec(line)
      if (match?.[1] === undefined) return
      clearTimeout(timer)
      found(match[1])
    }
    createInterface({ input: child.stdout }).on('line', read)
    createInterface({ input: child.stderr }).on('line', read)
    child.once('exit', (code) => fail(`Virtdeck ended with ${code}`))
  }).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { url, dataDirectory, process: child, stop }
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
