import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { spawn as spawnOnTerminal } from '@lydell/node-pty'
import { ClusterProcesses } from '../../controllers/testing/cluster-processes.ts'
import { Background, Terminal } from './background.ts'

/** The namespace in which the user `developer` may edit. */
export const NAMESPACE = 'development'
const NODE_AGENT = path.join(import.meta.dirname, '../../../../node-agent/src/main.ts')
const LONGEST_MS = 30_000

/** Whether there is no kubectl here; says so, for tests that are skipped then. */
export const kubectlIsMissing = spawnSync('kubectl', ['version', '--client']).status !== 0
if (kubectlIsMissing) process.stderr.write('kubectl is not installed: its tests are skipped\n')

interface Result {
  code: number
  stdout: string
  stderr: string
}

export interface RunOptions {
  input?: string
  as?: 'admin' | 'developer'
  environment?: Record<string, string>
  directory?: string
}

/** Words at blanks; a list where words have blanks of their own. */
type Command = string | string[]

const wordsOf = (command: Command): string[] =>
  typeof command === 'string' ? command.split(' ') : command
const textOf = (command: Command): string => wordsOf(command).join(' ')

/** A cluster of processes with one node of simulated guests, and the real kubectl for it. */
export class KubectlCluster {
  readonly #cluster = new ClusterProcesses()
  #agent: ChildProcess | undefined
  readonly #background = new Set<Background | Terminal>()

  get directory(): string {
    return this.#cluster.directory
  }

  get client() {
    return this.#cluster.client
  }

  async start(): Promise<void> {
    await this.#cluster.start()
    const kubeconfig = path.join(this.directory, 'components/node01.kubeconfig')
    const agent = spawn(
      process.execPath,
      [
        [NODE_AGENT, '--node-name', 'node01', '--kubeconfig', kubeconfig],
        ['--data-dir', this.directory, '--driver', 'simulated'],
      ].flat(),
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    this.#agent = agent
    const lines = createInterface({ input: agent.stdout })
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (line) => {
        if (line.includes('ready')) resolve()
      })
      let errors = ''
      agent.stderr.on('data', (chunk: Buffer) => {
        errors += chunk.toString()
      })
      agent.once('exit', (code) => {
        reject(new Error(`the node agent ended with ${code}: ${errors}`))
      })
    })
    await this.succeed('wait --for=create node/node01 --timeout=20s')
    await this.succeed('wait --for=condition=Ready node/node01 --timeout=20s')
  }

  async stop(): Promise<void> {
    for (const background of this.#background) background.kill()
    if (this.#agent && this.#agent.exitCode === null) {
      const ended = once(this.#agent, 'exit')
      this.#agent.kill()
      await ended
    }
    await this.#cluster.stop()
  }

  run(command: Command, options: RunOptions = {}): Promise<Result> {
    return new Promise((resolve) => {
      const child = execFile(
        'kubectl',
        wordsOf(command),
        {
          env: this.#environment(options),
          cwd: options.directory ?? this.directory,
          timeout: LONGEST_MS,
        },
        (error, stdout, stderr) => {
          resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr })
        },
      )
      // A command that does not read its input is no error.
      child.stdin?.on('error', () => undefined)
      child.stdin?.end(options.input ?? '')
    })
  }

  /** What a command prints that has to go well. */
  async succeed(command: Command, options: RunOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, options)
    if (code !== 0) throw new Error(`kubectl ${textOf(command)}: exit code ${code}: ${stderr}`)
    return stdout
  }

  /** What a command says that has to fail. */
  async fail(command: Command, options: RunOptions = {}): Promise<string> {
    const { code, stderr } = await this.run(command, options)
    if (code === 0) throw new Error(`kubectl ${textOf(command)} went well`)
    return stderr.trim()
  }

  /** A command that goes on: `-w`, `-f`. */
  follow(command: Command, options: RunOptions = {}): Background {
    const child = spawn('kubectl', wordsOf(command), { env: this.#environment(options) })
    const background = new Background(child)
    this.#background.add(background)
    return background
  }

  /** A command at a terminal of its own. */
  terminal(command: Command, size: { cols: number; rows: number }): Terminal {
    const options = { ...size, env: this.#environment({}), cwd: this.directory }
    const terminal = new Terminal(spawnOnTerminal('kubectl', wordsOf(command), options))
    this.#background.add(terminal)
    return terminal
  }

  #environment({ as = 'admin', environment = {} }: RunOptions) {
    const kubeconfig = as === 'admin' ? 'kubeconfig' : 'kubeconfig-developer'
    return {
      PATH: process.env.PATH,
      // A cache of its own: discovery of another cluster must not answer here.
      HOME: this.directory,
      KUBECONFIG: path.join(this.directory, kubeconfig),
      ...environment,
    }
  }
}
