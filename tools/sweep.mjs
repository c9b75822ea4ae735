// Started by temporary-folder.mjs beside a test run: when its standard input closes, the run is
// over, however it ended. Ends what still runs with the run's folder, and removes that.
import { readdirSync, readFileSync, rmSync } from 'node:fs'

const [, , directory] = process.argv
process.stdin.on('end', () => void sweep()).resume()

async function sweep() {
  for (let left = running(); left.length > 0; left = running()) {
    for (const pid of left) end(pid)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
}

/** Processes that were given the folder as the place for temporary files. */
function running() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).includes(`TMPDIR=${directory}`))
}

function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    // It ended meanwhile, or is somebody else's.
    return []
  }
}

function end(pid) {
  try {
    process.kill(Number(pid), 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
