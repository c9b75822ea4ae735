/**
 * Starts ten small QEMU guests at once and watches how the API server answers meanwhile.
 *
 *   node bench/ten-guests.ts [--guests 10]
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { RESOURCES } from '@virtdeck/kubernetes'
import { Cluster } from './support/cluster.ts'

const { values } = parseArgs({ options: { guests: { type: 'string', default: '10' } } })
const GUESTS = Number(values.guests)
const QUIET_SECONDS = 10
const SAMPLE_MS = 50

const report = (text: string): void => void process.stdout.write(`${text}\n`)
const cluster = new Cluster()

/** Latencies of a list and of a write, again and again until told to stop. */
function sampleLatencies(): () => Promise<number[]> {
  const latencies: number[] = []
  const stop = new AbortController()
  const target = { namespace: 'default', name: 'bench' }
  const work = async (): Promise<void> => {
    for (let count = 0; !stop.signal.aborted; count += 1) {
      const started = performance.now()
      await cluster.client.list(RESOURCES.virtualMachineInstances)
      await cluster.client.patch(RESOURCES.configMaps, target, { data: { count: `${count}` } })
      latencies.push(performance.now() - started)
      await delay(SAMPLE_MS)
    }
  }
  const done = work()
  return async () => {
    stop.abort()
    await done
    return latencies
  }
}

function describe(latencies: number[]): { median: number; worst: number; text: string } {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
  const [median, high, worst] = [at(0.5), at(0.95), at(1)]
  const text = `median ${median.toFixed(0)} ms, 95 % ${high.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`
  return { median, worst, text }
}

try {
  await cluster.start('qemu')
  await cluster.client.create(RESOURCES.configMaps, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'default', name: 'bench' },
  })
  let stop = sampleLatencies()
  await delay(QUIET_SECONDS * 1_000)
  const quiet = describe(await stop())
  report(`API server alone: ${quiet.text}`)

  stop = sampleLatencies()
  const started = performance.now()
  await cluster.createMachines(GUESTS, { image: 'localhost/virtdeck/tiny-linux:latest' })
  await cluster.waitForRunning(GUESTS)
  const seconds = (performance.now() - started) / 1_000
  const busy = describe(await stop())
  report(`${GUESTS} guests run after ${seconds.toFixed(1)} s`)
  report(`API server while they start: ${busy.text}`)

  stop = sampleLatencies()
  await delay(QUIET_SECONDS * 1_000)
  const after = describe(await stop())
  report(`API server while they run: ${after.text}`)
  report(
    `median with guests, to that without: ${(busy.median / quiet.median).toFixed(1)} at start, ${(after.median / quiet.median).toFixed(1)} then`,
  )
} finally {
  await cluster.stop()
}
