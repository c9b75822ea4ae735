import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './command.mjs'
import { NODE, ROOT } from './dependencies.mjs'
import { fingerprint, onceFor } from './fingerprint.mjs'
import { PlainError, say, secondsSince } from './say.mjs'

const inRoot = (...names) => names.map((name) => join(ROOT, name))

/** What is made from sources; each step runs again only when its inputs changed. */
const STEPS = [
  {
    name: 'API schemas',
    inputs: inRoot('apps/local-cluster/src/openapi', 'pnpm-lock.yaml'),
    output: 'apps/local-cluster/generated',
    args: ['apps/local-cluster/src/openapi/generate.ts'],
    cwd: ROOT,
  },
  {
    name: 'console',
    inputs: inRoot('apps/console', 'packages', 'pnpm-lock.yaml'),
    output: 'apps/console/dist',
    args: [join(ROOT, 'apps/console/node_modules/vite/bin/vite.js'), 'build'],
    cwd: join(ROOT, 'apps/console'),
  },
]

/** Builds what is missing or changed since the last build. */
export async function build() {
  for (const { name, inputs, output, args, cwd } of STEPS) {
    const since = Date.now()
    const stamp = join(ROOT, 'node_modules/.cache/virtdeck', output.replaceAll('/', '-'))
    if (!existsSync(join(ROOT, output))) rmSync(stamp, { force: true })
    const built = await onceFor(stamp, fingerprint(inputs), async () => {
      say(`Building the ${name} …`)
      const result = await runCommand(NODE, args, { cwd })
      if (result.code !== 0) {
        throw new PlainError(`Building the ${name} failed:\n${result.output.trim()}`)
      }
    })
    if (built) say(`  done in ${secondsSince(since)}`)
  }
}
