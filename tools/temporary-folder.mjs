import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A folder for all that a test run leaves in passing; give it to programs as TMPDIR. When
 * `remove` is called, or when this process ends in any way, what still runs with that TMPDIR is
 * ended, and the folder removed.
 */
export function makeTemporaryFolder() {
  const directory = mkdtempSync(join(tmpdir(), 'virtdeck-run-'))
  const sweeper = spawn(process.execPath, [join(import.meta.dirname, 'sweep.mjs'), directory], {
    // Neither Ctrl-C nor the end of the terminal reaches it.
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  return {
    directory,
    remove: async () => {
      sweeper.stdin.end()
      await once(sweeper, 'exit')
    },
  }
}
