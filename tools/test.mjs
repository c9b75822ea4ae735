import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { CHECKS } from './checks.mjs'
import { ensureChromium } from './chromium.mjs'
import { runCommand } from './command.mjs'
import { installDependencies, NODE, ROOT } from './dependencies.mjs'
import { ensureHypervisor } from './local-cluster.mjs'
import { PlainError, say, secondsSince } from './say.mjs'
import { ensurePrograms } from './system-packages.mjs'
import { makeTemporaryFolder } from './temporary-folder.mjs'

/**
 * Runs all checks, or those named as arguments, and ends with `N passed, N failed`.
 * A check without tests of its own (format, lint, types) counts as one.
 */
export async function test() {
  const names = process.argv.slice(2)
  const unknown = names.filter((name) => !CHECKS.some((check) => check.name === name))
  if (unknown.length > 0) {
    const known = CHECKS.map(({ name }) => name).join(', ')
    throw new PlainError(`There is no check "${unknown.join(', ')}"; there are: ${known}.`)
  }
  const startedAt = Date.now()
  await installDependencies()
  await build()
  const chromium = await ensureChromium()
  const missing = await ensureHypervisor()
  if (missing !== undefined) say(`Tests with real guests are skipped: ${missing}`)
  const withoutRdp = await ensureRdpServer()
  if (withoutRdp !== undefined) say(`Tests of remote desktops are skipped: ${withoutRdp}`)

  const total = { passed: 0, failed: 0, skipped: 0 }
  const folder = makeTemporaryFolder()
  try {
    for (const check of CHECKS) {
      if (names.length > 0 && !names.includes(check.name)) continue
      const counts = await runCheck(check, { directory: folder.directory, chromium })
      for (const key of Object.keys(total)) total[key] += counts[key]
    }
  } finally {
    await folder.remove()
  }
  say(`\nAll checks took ${secondsSince(startedAt)}.`)
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  say(`${total.passed} passed, ${total.failed} failed${skipped}`)
  if (total.failed > 0) process.exitCode = 1
}

/** A desktop with an RDP server, which tests put behind a guest. */
function ensureRdpServer() {
  const file = join(ROOT, 'e2e/system-packages.json')
  const { programs, packages } = JSON.parse(readFileSync(file, 'utf8'))
  return ensurePrograms({ programs, packages, purpose: 'an RDP server for tests' })
}

async function runCheck({ name, title, args, count }, { directory, chromium }) {
  const since = Date.now()
  const report = join(directory, `${name}.json`)
  say(`\n── ${title}`)
  const { code } = await runCommand(NODE, args(report), {
    cwd: ROOT,
    env: {
      CHROMIUM: chromium,
      VIRTDECK_REPORT: report,
      TMPDIR: directory,
      NO_COLOR: '1',
      FORCE_COLOR: '0',
    },
    onLine: say,
  })
  const counts = count ? countsOf(count, report) : { passed: 0, failed: 0, skipped: 0 }
  if (!count && code === 0) counts.passed = 1
  // A crash, or a runner that ran nothing, is a failure of its own.
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  if (code === 0 && counts.passed === 0) counts.failed += 1
  say(`── ${title}: ${counts.passed} passed, ${counts.failed} failed (${secondsSince(since)})`)
  return counts
}

function countsOf(count, report) {
  try {
    return count(JSON.parse(readFileSync(report, 'utf8')))
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
