import { existsSync } from 'node:fs'
import { findProgram, runCommand } from './command.mjs'
import { say, secondsSince } from './say.mjs'

/** Whether this is a Debian or Ubuntu on which packages may be installed. */
async function canInstall() {
  return (
    process.getuid?.() === 0 &&
    existsSync('/etc/debian_version') &&
    (await findProgram('apt-get'))
  )
}

/**
 * Makes sure that programs are there. Missing ones are installed from Debian's packages
 * where that is allowed; the answer is undefined when all are there, else why not.
 */
export async function ensurePrograms({ programs, packages, purpose }) {
  const missing = []
  for (const program of programs) if (!(await findProgram(program))) missing.push(program)
  if (missing.length === 0) return undefined
  const manual = `apt-get install ${packages.join(' ')}`
  if (!(await canInstall())) {
    return `${missing.join(', ')} not found; on Debian or Ubuntu install with: ${manual}`
  }
  const since = Date.now()
  say(`Installing ${purpose} (${packages.join(' ')}) …`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '-y', '--no-install-recommends', ...packages]
  let result = await runCommand('apt-get', install, { env, onLine: reportStep() })
  if (result.code !== 0) {
    // The package lists may be missing or out of date.
    await runCommand('apt-get', ['update'], { env })
    result = await runCommand('apt-get', install, { env, onLine: reportStep() })
  }
  if (result.code !== 0) {
    const reason = /^E: (.*)$/m.exec(result.output)?.[1] ?? `exit code ${result.code}`
    return `${purpose} could not be installed (${reason}); install with: ${manual}`
  }
  say(`  done in ${secondsSince(since)}`)
  return undefined
}

function reportStep() {
  let shown = Date.now()
  return (line) => {
    if (!/^(Get|Unpacking|Setting up)/.test(line) || Date.now() - shown < 3_000) return
    shown = Date.now()
    say(`  ${line.slice(0, 90)}`)
  }
}
