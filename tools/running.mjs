import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError, say } from './say.mjs'

/** The note of what runs on a data folder, for the next start to find. */
const noteFile = (dataDirectory) => join(dataDirectory, 'running.json')

export function noteRunning(dataDirectory, pids) {
  const note = { start: process.pid, processes: pids }
  writeFileSync(noteFile(dataDirectory), JSON.stringify(note))
}

export function forgetRunning(dataDirectory) {
  rmSync(noteFile(dataDirectory), { force: true })
}

/** Refuses a second start on the same data; ends what a crashed start left behind. */
export async function endLeftovers(dataDirectory) {
  const file = noteFile(dataDirectory)
  if (!existsSync(file)) return
  const { start, processes } = JSON.parse(readFileSync(file, 'utf8'))
  if (start !== process.pid && commandOf(start).includes('start.mjs')) {
    throw new PlainError(
      `Virtdeck already runs on ${dataDirectory} (process ${start}). Stop it first, or use --data-dir.`,
    )
  }
  for (const [name, pid] of Object.entries(processes)) {
    // A pid may have been given to somebody else since: only processes of this data folder end.
    if (!commandOf(pid).includes(dataDirectory)) continue
    say(`Ending the ${name} that an earlier run left behind …`)
    await endProcess(pid, dataDirectory)
  }
  forgetRunning(dataDirectory)
}

async function endProcess(pid, dataDirectory) {
  process.kill(pid, 'SIGTERM')
  for (let waited = 0; commandOf(pid).includes(dataDirectory); waited += 100) {
    if (waited === 10_000) process.kill(pid, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
