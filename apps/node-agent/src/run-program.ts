import { spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'

export interface RunOptions {
  cwd?: string
  input?: Buffer
  signal?: AbortSignal
}

/** A program is not installed. */
export class ProgramMissing extends Error {
  readonly program: string

  constructor(program: string) {
    super(`${program} is not installed`)
    this.name = 'ProgramMissing'
    this.program = program
  }
}

/** Runs a program to its end; rejects with what it said on stderr if it fails. */
export async function runProgram(
  program: string,
  args: string[],
  options: RunOptions = {},
): Promise<Buffer> {
  const { cwd, input, signal } = options
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
    ...(signal === undefined ? {} : { signal }),
    // Debian keeps mkfs, depmod and the like out of the PATH of ordinary users.
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' },
  })
  // A program that ends without reading its input is judged by its exit code.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const exited = new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new ProgramMissing(program) : error)
    })
    child.on('close', (code) => resolve(code ?? -1))
  })
  const [code, stdout, stderr] = await Promise.all([
    exited,
    buffer(child.stdout),
    buffer(child.stderr),
  ])
  if (code === 0) return stdout
  const said = (stderr.length > 0 ? stderr : stdout).toString('utf8').trim()
  throw new Error(`${program} failed: ${said === '' ? `exit code ${code}` : said}`)
}
