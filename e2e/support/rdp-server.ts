import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect } from '@playwright/test'

/** `npm test` installs them where it may. */
const { programs: PROGRAMS } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../system-packages.json'), 'utf8'),
) as { programs: string[] }

/** Which programs an RDP server for tests needs and this machine lacks. */
export const missingForRdpServer = (): string[] =>
  PROGRAMS.filter(
    (program) =>
      !(process.env['PATH'] ?? '')
        .split(delimiter)
        .some((directory) => existsSync(join(directory, program))),
  )

export const RDP_USER = { userName: 'rdpuser', password: 'S3cret!pass' }

/** The colour of its desktop's background. */
export const RDP_BACKGROUND = [0x33, 0x66, 0x99] as const

export interface RdpServer {
  port: number
  stop: () => void
}

/** FreeRDP's shadow server with a screen of its own: one colour and a terminal. */
export async function startRdpServer(security: 'nla' | 'tls'): Promise<RdpServer> {
  const directory = mkdtempSync(join(tmpdir(), 'virtdeck-rdp-'))
  const children: ChildProcess[] = []
  const port = await freePort()
  const run = (command: string, args: string[], env: Record<string, string> = {}) => {
    const child = spawn(command, args, {
      cwd: directory,
      env: { ...process.env, HOME: directory, ...env },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    children.push(child)
    return child
  }
  // It names the display that it has found free.
  const screen = run('Xvfb', [
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1024x768x24',
    '-nolisten',
    'tcp',
    '-noreset',
  ])
  const number = await new Promise<string>((resolve) => {
    screen.stdio[3]?.once('data', (data: Buffer) => resolve(data.toString().trim()))
  })
  const env = { DISPLAY: `:${number}` }
  execFileSync('xsetroot', ['-solid', '#336699'], { env: { ...process.env, ...env } })
  run('xterm', ['-geometry', '60x12+300+300'], env)
  const { userName, password } = RDP_USER
  const hash = execFileSync('winpr-hash', ['-u', userName, '-p', password, '-f', 'sam'])
  const samFile = join(directory, 'users.sam')
  writeFileSync(samFile, hash)
  const authentication = security === 'nla' ? ['+auth', `/sam-file:${samFile}`] : ['-auth']
  run(
    'freerdp-shadow-cli',
    ['/bind-address:127.0.0.1', `/port:${port}`, `/sec:${security}`, ...authentication],
    env,
  )
  await expect.poll(() => answers(port), { timeout: 20_000 }).toBe(true)
  return {
    port,
    stop: () => {
      for (const child of children.toReversed()) child.kill('SIGKILL')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => socket.destroy())
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
}
