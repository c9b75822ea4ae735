/**
 * Measures what the BFF costs a console, as ratios in one run: bytes per second and latency of
 * one byte against a direct connection and against `kubectl proxy`, and memory per open console.
 *
 *   node bench/consoles.ts [--megabytes 200] [--rounds 5] [--echoes 2000] [--open 1000]
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { WebSocket } from 'ws'
import { median } from './support/median.ts'
import { signIn } from './support/sign-in.ts'

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '5' },
    echoes: { type: 'string', default: '2000' },
    open: { type: 'string', default: '1000' },
  },
})
const BYTES = Number(values.megabytes) * 1024 * 1024
const ROUNDS = Number(values.rounds)
const ROOT = resolve(import.meta.dirname, '..')
const CODE = 'code-of-the-benchmark'
const PROTOCOL = 'plain.kubevirt.io'
const SUBRESOURCE = (name: string) =>
  `/apis/subresources.kubevirt.io/v1/namespaces/default/virtualmachineinstances/${name}/console`

const directory = mkdtempSync(join(tmpdir(), 'virtdeck-bench-'))
const children: ChildProcess[] = []

/** Starts a program and resolves with what the line that says it is ready names. */
async function start(
  command: string,
  options: { args: string[]; ready: RegExp },
): Promise<{ address: string; pid: number }> {
  const child = spawn(command, options.args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const address = await new Promise<string>((found, failed) => {
    child.once('exit', (code) => failed(new Error(`${command} ended with ${code}`)))
    child.stdout.on('data', (text: Buffer) => {
      const match = options.ready.exec(text.toString())?.[1]
      if (match !== undefined) found(match)
    })
  })
  return { address, pid: child.pid ?? 0 }
}

/** A way to the consoles of the cluster. */
interface Way {
  name: string
  open: (console: string) => Promise<WebSocket>
}

const connect = async (url: string, headers: Record<string, string>): Promise<WebSocket> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), PROTOCOL, {
    headers,
    perMessageDeflate: false,
  })
  await once(socket, 'open')
  return socket
}

async function startBff(kubeconfig: string): Promise<Way & { pid: number }> {
  writeFileSync(join(directory, 'login-code'), CODE)
  // What is only waiting to be collected is no console's memory.
  const collect = 'data:text/javascript,process.on("SIGUSR2",()=>gc())'
  const args = ['--expose-gc', '--import', collect, 'apps/bff/src/server.ts']
  const where = ['--kubeconfig', kubeconfig, '--port', '0']
  const limits = ['--max-consoles-per-user', '100000', '--max-consoles', '100000']
  const code = ['--login-code-file', join(directory, 'login-code')]
  const { address, pid } = await start(process.execPath, {
    args: [...args, ...where, ...limits, ...code],
    ready: /ready \w+ ([^\s"]+)/,
  })
  const cookie = await signIn(address, { code: CODE })
  return {
    name: 'BFF',
    pid,
    open: (console) =>
      connect(`${address}/api/consoles/default/${console}/serial`, { cookie, origin: address }),
  }
}

/** `kubectl proxy`, where there is kubectl. */
async function startKubectlProxy(kubeconfig: string): Promise<Way[]> {
  if (spawnSync('kubectl', ['version', '--client']).status !== 0) return []
  const { address } = await start('kubectl', {
    args: ['--kubeconfig', kubeconfig, 'proxy', '--port', '0'],
    ready: /Starting to serve on (\S+)/,
  })
  return [
    {
      name: 'kubectl proxy',
      open: (name) => connect(`http://${address}${SUBRESOURCE(name)}`, {}),
    },
  ]
}

/** Megabytes per second until all bytes of the flood have arrived. */
async function throughput(way: Way): Promise<number> {
  const socket = await way.open('flood')
  const began = performance.now()
  let received = 0
  await new Promise<void>((done, failed) => {
    socket.on('message', (data) => {
      received += (data as Buffer).length
      if (received >= BYTES) done()
    })
    socket.once('close', () => failed(new Error(`${way.name}: ended after ${received} bytes`)))
    socket.send('go')
  })
  socket.terminate()
  return BYTES / 1024 / 1024 / ((performance.now() - began) / 1000)
}

/** Median of milliseconds until a byte is back. */
async function echo(way: Way): Promise<number> {
  const socket = await way.open('echo')
  const times: number[] = []
  for (let round = 0; round < Number(values.echoes); round += 1) {
    const began = performance.now()
    socket.send(Buffer.from('x'))
    // oxlint-disable-next-line no-await-in-loop -- one after the other is what is measured
    await once(socket, 'message')
    times.push(performance.now() - began)
  }
  socket.terminate()
  return median(times)
}

async function residentKilobytes(pid: number): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    process.kill(pid, 'SIGUSR2')
    // oxlint-disable-next-line no-await-in-loop -- one collection after the other
    await setTimeout(500)
  }
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

/** Kilobytes of the BFF for each console that is open and silent. */
async function memoryPerConsole(bff: Way & { pid: number }): Promise<number> {
  // What the first ones load is not what one more costs.
  const first = await Promise.all(Array.from({ length: 50 }, () => bff.open('quiet')))
  const before = await residentKilobytes(bff.pid)
  const count = Number(values.open)
  const sockets: WebSocket[] = []
  for (let batch = 0; batch < count; batch += 50) {
    const opening = Array.from({ length: Math.min(50, count - batch) }, () => bff.open('quiet'))
    // oxlint-disable-next-line no-await-in-loop -- a few at a time
    sockets.push(...(await Promise.all(opening)))
  }
  const after = await residentKilobytes(bff.pid)
  for (const socket of [...first, ...sockets]) socket.terminate()
  return (after - before) / count
}

try {
  const source = await start(process.execPath, {
    args: ['bench/support/console-source.ts', String(BYTES)],
    ready: /ready on (\S+)/,
  })
  const kubeconfig = join(directory, 'kubeconfig')
  writeFileSync(kubeconfig, kubeconfigFor(source.address))
  const direct: Way = {
    name: 'direct',
    open: (name) => connect(source.address + SUBRESOURCE(name), {}),
  }
  const bff = await startBff(kubeconfig)
  const ways = [direct, bff, ...(await startKubectlProxy(kubeconfig))]

  const speeds = new Map(ways.map(({ name }) => [name, [] as number[]]))
  const delays = new Map(ways.map(({ name }) => [name, [] as number[]]))
  // Turn and turn about, so that a busy machine slows all of them.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of ways) {
      // oxlint-disable-next-line no-await-in-loop -- one at a time, or they measure each other
      speeds.get(way.name)?.push(await throughput(way))
      // oxlint-disable-next-line no-await-in-loop
      delays.get(way.name)?.push(await echo(way))
    }
  }
  const directSpeed = median(speeds.get('direct') ?? [])
  const directDelay = median(delays.get('direct') ?? [])
  for (const { name } of ways) {
    const speed = median(speeds.get(name) ?? [])
    const delay = median(delays.get(name) ?? [])
    const parts = [
      `${name}: ${speed.toFixed(0)} MB/s (${(speed / directSpeed).toFixed(2)} of direct)`,
      `echo of one byte ${delay.toFixed(3)} ms (${(delay - directDelay).toFixed(3)} ms added)`,
    ]
    process.stdout.write(`${parts.join(', ')}\n`)
  }
  const kilobytes = await memoryPerConsole(bff)
  process.stdout.write(
    `BFF memory: ${kilobytes.toFixed(1)} kB per silent console, ${values.open} open\n`,
  )
} finally {
  for (const child of children) child.kill('SIGTERM')
  rmSync(directory, { recursive: true, force: true })
}

function kubeconfigFor(server: string): string {
  return `
apiVersion: v1
kind: Config
current-context: bench
clusters: [{ name: c, cluster: { server: '${server}', insecure-skip-tls-verify: true } }]
users: [{ name: u, user: { token: token-of-the-benchmark } }]
contexts: [{ name: bench, context: { cluster: c, user: u } }]
`
}
