import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const MODULE = join(import.meta.dirname, 'temporary-folder.mjs')
/** Makes a folder and starts a program in it, which ignores what it is told. */
const SCRIPT = `
  import { spawn } from 'node:child_process'
  import { makeTemporaryFolder } from ${JSON.stringify(MODULE)}
  const { directory, remove } = makeTemporaryFolder()
  const env = { ...process.env, TMPDIR: directory }
  const stubborn = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'
  const child = spawn(process.execPath, ['-e', stubborn], { env, detached: true, stdio: 'ignore' })
  child.unref()
  console.log(JSON.stringify({ directory, pid: child.pid }))
  process.stdin.once('data', async () => {
    await remove()
    process.exit()
  })`

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test.each([
  { how: 'removed', finish: (run: ChildProcess) => run.stdin?.write('now\n') },
  { how: 'left by a run that is killed', finish: (run: ChildProcess) => run.kill('SIGKILL') },
])('a folder that is $how goes with all that runs with it', async ({ finish }) => {
  const run = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(run.stdout, 'data')) as [Buffer]
  const { directory, pid } = JSON.parse(String(line)) as { directory: string; pid: number }
  writeFileSync(join(directory, 'left'), 'behind')
  expect(isRunning(pid)).toBe(true)
  finish(run)
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false)
  await expect.poll(() => existsSync(directory), { timeout: 10_000 }).toBe(false)
})
