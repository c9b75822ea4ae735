import { spawn } from 'node:child_process'

/**
 * Runs a command to its end and gives { code, output }; `onLine` sees each line as it comes.
 * A command that cannot be started has code 127.
 */
export function runCommand(command, args, { cwd, env, onLine } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let rest = ''
    const take = (chunk) => {
      const text = chunk.toString()
      output += text
      const lines = (rest + text).split(/\r?\n/)
      rest = lines.pop()
      for (const line of lines) onLine?.(line)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code, signal) => {
      if (rest !== '') onLine?.(rest)
      resolve({ code: code ?? (signal ? 128 : 1), output })
    })
  })
}

/** The path of a program on the PATH; undefined where there is none. */
export async function findProgram(name) {
  const { code, output } = await runCommand('sh', ['-c', `command -v ${name}`])
  return code === 0 ? output.trim() : undefined
}
