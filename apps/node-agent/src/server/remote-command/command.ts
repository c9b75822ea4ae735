import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'
import type { TerminalSize } from './channels.ts'

export interface CommandOptions {
  command: string[]
  directory: string
  environment: Record<string, string>
  /** With a terminal, errors arrive among the output. */
  tty: boolean
  /** Without it the command finds its input at its end. */
  stdin: boolean
}

/** A process that runs for somebody far away. */
export interface RunningCommand {
  stdin: Writable
  stdout: Readable
  stderr: Readable
  resize: (size: TerminalSize) => void
  /** Ends the process and what it started. */
  kill: () => void
  /** The exit code, while output may still be on its way; as a shell counts it: 128 and the signal's number if it was killed. */
  ended: Promise<number>
}

/** When a process has ended, its outputs are closed once they say nothing for this long. */
const DRAIN_MS = 2_000
const SIGNALS: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
}

/** Starts a command; throws in a container runtime's words if there is no such program. */
export function startCommand(options: CommandOptions): Promise<RunningCommand> {
  const { command, environment } = options
  const [program = ''] = command
  if (!isProgram(program, environment.PATH ?? '')) {
    const missing = program.includes('/')
      ? `stat ${program}: no such file or directory`
      : 'executable file not found in $PATH'
    throw new Error(`exec: "${program}": ${missing}`)
  }
  return options.tty ? startOnTerminal(options) : Promise.resolve(startWithPipes(options))
}

function startWithPipes({
  command,
  directory,
  environment,
  stdin,
}: CommandOptions): RunningCommand {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    cwd: directory,
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own, so that nothing of it is left behind.
    detached: true,
  })
  // A command that ends before it has read everything is no error.
  child.stdin.on('error', () => undefined)
  if (!stdin) child.stdin.end()
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    resize: () => undefined,
    kill: () => killGroup(child.pid),
    ended: endOf(child),
  }
}

async function endOf(child: ChildProcess): Promise<number> {
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (exitCode, signal) => {
      resolve(exitCode ?? 128 + (SIGNALS[signal ?? 'SIGKILL'] ?? 0))
    })
  })
  const outputs = [child.stdout, child.stderr].filter((stream) => stream !== null)
  // Something left in the background would keep them open for ever.
  const silent = setTimeout(() => outputs.forEach((output) => output.destroy()), DRAIN_MS)
  silent.unref()
  for (const output of outputs) output.on('data', () => silent.refresh())
  return code
}

/**
 * A pseudo-terminal, by Microsoft's node-pty in the packaging that carries its binaries. Loaded on
 * demand: on a platform without one only this is missing.
 */
async function startOnTerminal(options: CommandOptions): Promise<RunningCommand> {
  const { command, directory, environment } = options
  const { spawn: spawnOnTerminal } = await import('@lydell/node-pty')
  const [program = '', ...args] = command
  const terminal = spawnOnTerminal(program, args, {
    cwd: directory,
    env: environment,
    name: environment.TERM ?? 'xterm',
    cols: 80,
    rows: 24,
    encoding: null,
  })
  const stdout = new PassThrough()
  stdout.on('drain', () => terminal.resume())
  // Without an encoding there are bytes, whatever the declared type says.
  terminal.onData((chunk) => {
    if (!stdout.write(chunk)) terminal.pause()
  })
  const ended = new Promise<number>((resolve) => {
    terminal.onExit(({ exitCode, signal }) => {
      stdout.end()
      resolve(signal ? 128 + signal : exitCode)
    })
  })
  const stdin = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      terminal.write(chunk as unknown as string)
      done()
    },
    final: (done) => {
      // What Ctrl-D does at a keyboard.
      terminal.write('\x04')
      done()
    },
  })
  return {
    stdin,
    stdout,
    stderr: Readable.from([]),
    resize: ({ Width, Height }) => {
      // Its file descriptor may belong to somebody else by now.
      if (!stdout.writableEnded) terminal.resize(Width, Height)
    },
    kill: () => killGroup(terminal.pid),
    ended,
  }
}

function isProgram(program: string, searchPath: string): boolean {
  if (program.includes('/')) return isExecutable(program)
  return searchPath
    .split(delimiter)
    .some((directory) => program !== '' && isExecutable(join(directory, program)))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // All of it has ended by itself.
  }
}
