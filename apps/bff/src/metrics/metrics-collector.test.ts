import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { MetricsCollector, type MetricsReader } from './metrics-collector.ts'
import type { Reading } from './reading.ts'

const key = 'shop/db'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000_000_000 }))
afterEach(() => void vi.useRealTimers())

/** A source with as many CPU seconds as it was asked times, until it is refused. */
function reader(source: MetricsReader['source']) {
  const state = { refusal: undefined as string | undefined, asked: 0 }
  const read = async (): Promise<Reading[]> => {
    state.asked += 1
    if (state.refusal !== undefined) throw new Error(state.refusal)
    return [{ key, node: source, cpuSeconds: state.asked }]
  }
  return Object.assign(state, { source, read })
}

it('collects as long as it is not disposed', async () => {
  const source = reader('virt-handler')
  const collector = new MetricsCollector([source])
  await collector.start()
  await collector.start()
  expect(source.asked).toBe(1)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(collector.histories.get(key)?.latest).toMatchObject({ cpuMillicores: 500 })
  await vi.advanceTimersByTimeAsync(45_000)
  expect(source.asked).toBe(5)
  collector.dispose()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(source.asked).toBe(5)
})

it('falls back to the next source, and tries the better one again after a while', async () => {
  const best = reader('virt-handler')
  const other = reader('pod-metrics')
  best.refusal = 'pods/proxy is forbidden'
  const collector = new MetricsCollector([best, other])
  await collector.start()
  expect(collector.origin).toEqual({ source: 'pod-metrics' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(best.asked).toBe(1)
  best.refusal = undefined
  await vi.advanceTimersByTimeAsync(5 * 60_000)
  expect(collector.origin).toEqual({ source: 'virt-handler' })
  collector.dispose()
})

it('says why there are no figures, until there are', async () => {
  const best = reader('virt-handler')
  const other = reader('pod-metrics')
  best.refusal = 'pods/proxy is forbidden'
  other.refusal = 'metrics.k8s.io is not served'
  const collector = new MetricsCollector([best, other])
  await collector.start()
  expect(collector.origin).toEqual({
    message: 'pods/proxy is forbidden; metrics.k8s.io is not served',
  })
  other.refusal = undefined
  await vi.advanceTimersByTimeAsync(20_000)
  expect(collector.origin).toEqual({ source: 'pod-metrics' })
  collector.dispose()
})
