import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './command.mjs'
import { NODE, ROOT } from './dependencies.mjs'
import { say } from './say.mjs'
import { ensurePrograms } from './system-packages.mjs'

const NODES = ['node01', 'node02']

/** Makes QEMU and the sample guest ready; false when guests must be simulated. */
export async function prepareGuests({ dataDirectory, simulated }) {
  if (simulated) {
    say('Guests are simulated, as asked (--simulated).')
    return false
  }
  const missing = await ensureHypervisor()
  if (missing !== undefined) {
    say(`QEMU is missing, so guests are simulated and labelled so: ${missing}`)
    return false
  }
  const builder = join(ROOT, 'apps/node-agent/src/guest-image/main.ts')
  const { code, output } = await runCommand(NODE, [builder, '--data-dir', dataDirectory], {
    onLine: (line) => say(`  ${line}`),
  })
  if (code !== 0) {
    say(`The sample guest could not be built: ${output.trim().split('\n').at(-1)}`)
  }
  return true
}

/** Installs QEMU and what builds disk images where that is allowed; else says what is missing. */
export function ensureHypervisor() {
  const file = join(ROOT, 'apps/node-agent/system-packages.json')
  const { programs, packages } = JSON.parse(readFileSync(file, 'utf8'))
  return ensurePrograms({ programs, packages, purpose: 'QEMU' })
}

/** Starts the local cluster's processes in the order in which they need each other. */
export async function startLocalCluster(supervisor, { dataDirectory, apiPort, driver }) {
  const run = (name, script, args) =>
    supervisor.start({
      name,
      command: NODE,
      args: [join(ROOT, script), '--data-dir', dataDirectory, ...args],
    })
  const kubeconfig = (name) => join(dataDirectory, 'components', `${name}.kubeconfig`)
  await run('api-server', 'apps/local-cluster/src/main.ts', ['--port', String(apiPort)])
  await Promise.all([
    run('controllers', 'apps/local-cluster/src/controllers/main.ts', [
      '--kubeconfig',
      kubeconfig('controllers'),
    ]),
    ...NODES.map((name) =>
      run(name, 'apps/node-agent/src/main.ts', [
        '--node-name',
        name,
        '--kubeconfig',
        kubeconfig(name),
        '--driver',
        driver,
      ]),
    ),
  ])
}
