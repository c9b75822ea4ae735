import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { installDependencies, NODE, ROOT } from './dependencies.mjs'
import { requireSpace } from './disk-space.mjs'
import { prepareGuests, startLocalCluster } from './local-cluster.mjs'
import { HELP, readOptions } from './options.mjs'
import { claimPort } from './ports.mjs'
import { endLeftovers, forgetRunning, noteRunning } from './running.mjs'
import { PlainError, say, secondsSince } from './say.mjs'
import { Supervisor } from './supervisor.mjs'

/** Installs, builds and starts everything; returns when it runs. */
export async function start() {
  const startedAt = Date.now()
  const options = readOptions(process.argv.slice(2))
  if (options.help) return say(HELP)

  const { dataDirectory } = options
  prepareDataDirectory(dataDirectory)
  await endLeftovers(dataDirectory)
  const port = await claimPort(options.port, '--port')
  const apiPort = options.kubeconfig ? 0 : await claimPort(options.apiPort, '--api-port')
  await installDependencies()
  await build()

  const logDirectory = join(dataDirectory, 'logs')
  const supervisor = new Supervisor({ logDirectory, verbose: options.verbose })
  const note = () => noteRunning(dataDirectory, supervisor.pids)
  supervisor.onRestart = note
  stopOnSignals({ supervisor, dataDirectory, temporary: options.temporary })
  try {
    if (!options.kubeconfig) {
      const real = await prepareGuests({ dataDirectory, simulated: options.simulated })
      say('Starting the local cluster …')
      const driver = real ? 'auto' : 'simulated'
      await startLocalCluster(supervisor, { dataDirectory, apiPort, driver })
      note()
    }
    await startConsole(supervisor, { ...options, port })
    note()
  } catch (error) {
    await supervisor.stop()
    forgetRunning(dataDirectory)
    throw error
  }
  say(`  ready in ${secondsSince(startedAt)}; logs are in ${logDirectory}`)
  if (!options.kubeconfig) {
    say(`  kubectl --kubeconfig ${join(dataDirectory, 'kubeconfig')} get vm -A`)
  }
  say('  Ctrl-C stops everything; virtual machines are kept for the next start.')
}

function prepareDataDirectory(dataDirectory) {
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new PlainError(`The data folder ${dataDirectory} cannot be made: ${error.message}`)
  }
  requireSpace(dataDirectory)
}

/** Starts the BFF with the console and prints how to sign in. */
async function startConsole(supervisor, options) {
  const { dataDirectory, kubeconfig, context, port, idleMinutes } = options
  const code = randomBytes(24).toString('base64url')
  const codeFile = join(dataDirectory, 'login-code')
  writeFileSync(codeFile, code, { mode: 0o600 })
  await supervisor.start({
    name: 'console',
    command: NODE,
    args: [
      join(ROOT, 'apps/bff/src/server.ts'),
      '--kubeconfig',
      kubeconfig ?? join(dataDirectory, 'kubeconfig'),
      ...(context ? ['--context', context] : []),
      '--port',
      String(port),
      '--console-idle-minutes',
      String(idleMinutes),
      '--login-code-file',
      codeFile,
      '--session-key-file',
      join(dataDirectory, 'session-key'),
      '--static-dir',
      join(ROOT, 'apps/console/dist'),
    ],
    env: { NODE_ENV: 'production' },
  })
  say('')
  say(`  Virtdeck: http://127.0.0.1:${port}/login#code=${code}`)
  say('')
}

function stopOnSignals({ supervisor, dataDirectory, temporary }) {
  let stopping = false
  const end = async ({ discard }) => {
    say('Stopping …')
    await supervisor.stop()
    forgetRunning(dataDirectory)
    if (discard) rmSync(dataDirectory, { recursive: true, force: true })
    process.exit(process.exitCode ?? 0)
  }
  const stopOnce = (how) => {
    if (!stopping) void end(how)
    stopping = true
  }
  const stop = () => stopOnce({ discard: false })
  // Whoever read along may be gone; the processes have to be stopped all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
  if (temporary) process.stdin.on('end', () => stopOnce({ discard: true })).resume()
}
