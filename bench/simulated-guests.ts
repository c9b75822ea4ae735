/**
 * Measures the local cluster with very many simulated guests: how long until all of them run, and
 * what the processes take of memory and CPU then.
 *
 *   node bench/simulated-guests.ts [--machines 1000] [--nodes 2]
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Cluster } from './support/cluster.ts'

const { values } = parseArgs({
  options: {
    machines: { type: 'string', default: '1000' },
    nodes: { type: 'string', default: '2' },
  },
})
const MACHINES = Number(values.machines)
const IDLE_SECONDS = 20

const report = (text: string): void => void process.stdout.write(`${text}\n`)
const cluster = new Cluster()
try {
  const nodes = ['node01', 'node02'].slice(0, Number(values.nodes))
  await cluster.start('simulated', nodes)
  const empty = cluster.measure()
  const started = performance.now()
  const seconds = (): string => `${((performance.now() - started) / 1_000).toFixed(1)} s`
  const created = cluster
    .createMachines(MACHINES, { image: 'localhost/virtdeck/tiny-linux:latest' })
    .then(() => report(`${MACHINES} VMs created after ${seconds()}`))
  let said = 0
  await cluster.waitForRunning(MACHINES, (running) => {
    if (running < said + MACHINES / 10) return
    said = running
    report(`${running} run after ${seconds()}`)
  })
  await created
  const busy = cluster.measure()
  await delay(IDLE_SECONDS * 1_000)
  const before = cluster.measure()
  await delay(IDLE_SECONDS * 1_000)
  for (const [index, now] of cluster.measure().entries()) {
    const start = empty[index]?.cpuSeconds ?? 0
    const used = (busy[index]?.cpuSeconds ?? 0) - start
    const idle = (now.cpuSeconds - (before[index]?.cpuSeconds ?? 0)) / IDLE_SECONDS
    const memory = `${empty[index]?.residentMegabytes} → ${now.residentMegabytes} MB`
    report(
      `${now.name}: ${memory}, ${used.toFixed(1)} CPU seconds to get there, then ${(idle * 100).toFixed(1)} % of a core`,
    )
  }
} finally {
  await cluster.stop()
}
