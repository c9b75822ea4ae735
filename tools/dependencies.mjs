import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './command.mjs'
import { fingerprint, onceFor } from './fingerprint.mjs'
import { PlainError, say, secondsSince } from './say.mjs'

const PNPM = 'pnpm@12.21.0'

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The pinned Node.js that everything but the start itself runs on. */
export const NODE = join(ROOT, 'node_modules/node/bin/node')

/** Installs the workspace's dependencies exactly as the lock file says, if they changed. */
export async function installDependencies() {
  const manifests = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']
  const wanted = fingerprint(manifests.map((name) => join(ROOT, name)))
  const stamp = join(ROOT, 'node_modules/.virtdeck-installed')
  const since = Date.now()
  if (!existsSync(NODE)) rmSync(stamp, { force: true })
  await onceFor(stamp, wanted, async () => {
    say('Installing dependencies …')
    let shown = 0
    const { code, output } = await runCommand(
      'npx',
      ['-y', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'],
      {
        cwd: ROOT,
        env: { CI: 'true', npm_config_update_notifier: 'false' },
        onLine: (line) => {
          const progress = /^Progress: (.*)$/.exec(line)
          if (!progress || Date.now() - shown < 2_000) return
          shown = Date.now()
          say(`  ${progress[1]}`)
        },
      },
    )
    if (code !== 0) throw new PlainError(explainFailure(output))
    say(`  done in ${secondsSince(since)}`)
  })
}

function explainFailure(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|dns error|ERR_PNPM_META_FETCH/.test(output)) {
    return 'The dependencies cannot be downloaded: the npm registry is not reachable. Check the network and run the command again.'
  }
  if (/ENOSPC|No space left/.test(output)) {
    return 'The dependencies cannot be installed: the disk is full.'
  }
  return `The dependencies cannot be installed:\n${output.trim().split('\n').slice(-15).join('\n')}`
}
