import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FRAME_INTERVAL_MS, PageFeed, type PageFrame } from './page-feed.ts'
import { RowTable } from './row-table.ts'
import { RowView } from './row-view.ts'

interface TestRow {
  key: string
  status: string
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp({ rows = 100, offset = 10, limit = 5, byStatus = false } = {}) {
  const table = new RowTable<TestRow>()
  for (let index = 0; index < rows; index += 1)
    table.set({ key: keyAt(index), status: 'Stopped' })
  const view = new RowView<TestRow>({
    table,
    matches: ({ status }) => status !== 'Hidden',
    compare: (a, b) =>
      (byStatus ? a.status.localeCompare(b.status) : 0) || a.key.localeCompare(b.key),
  })
  const frames: PageFrame<TestRow>[] = []
  const client = { ready: true }
  const feed = new PageFeed({
    view,
    offset,
    limit,
    ready: () => client.ready,
    send: (frame) => frames.push(frame),
  })
  return { table, frames, client, feed }
}

const keyAt = (index: number) => `vm-${String(index).padStart(3, '0')}`

describe('a page', () => {
  it('comes whole at once', () => {
    const { frames } = setUp()
    expect(frames).toEqual([
      {
        type: 'page',
        rows: [10, 11, 12, 13, 14].map((index) => ({ key: keyAt(index), status: 'Stopped' })),
        total: 100,
      },
    ])
  })

  it('hears of its own rows only', () => {
    const { table, frames } = setUp()
    for (const index of [0, 9, 15, 99]) table.set({ key: keyAt(index), status: 'Running' })
    vi.advanceTimersByTime(10_000)
    expect(frames).toHaveLength(1)
    table.set({ key: keyAt(12), status: 'Running' })
    vi.advanceTimersByTime(FRAME_INTERVAL_MS)
    expect(frames.slice(1)).toEqual([
      { type: 'delta', rows: [{ key: keyAt(12), status: 'Running' }] },
    ])
  })

  it('gets one frame per interval, however much changes', () => {
    const { table, frames } = setUp()
    vi.advanceTimersByTime(1_000)
    for (let change = 0; change < 1_000; change += 1) {
      table.set({ key: keyAt(12), status: `Status ${change}` })
      vi.advanceTimersByTime(1)
    }
    expect(frames.length).toBeGreaterThan(8)
    expect(frames.length).toBeLessThanOrEqual(12)
    vi.advanceTimersByTime(FRAME_INTERVAL_MS)
    expect(frames.at(-1)).toMatchObject({ rows: [{ status: 'Status 999' }] })
  })

  it('shifts when a row in front of it goes or comes', () => {
    const { table, frames } = setUp()
    table.delete(keyAt(3))
    vi.advanceTimersByTime(FRAME_INTERVAL_MS)
    expect(frames.at(-1)).toEqual({
      type: 'delta',
      rows: [{ key: keyAt(15), status: 'Stopped' }],
      keys: [11, 12, 13, 14, 15].map(keyAt),
      total: 99,
    })
    table.set({ key: keyAt(3), status: 'Hidden' })
    vi.advanceTimersByTime(FRAME_INTERVAL_MS)
    expect(frames).toHaveLength(2)
    table.set({ key: keyAt(3), status: 'Stopped' })
    vi.advanceTimersByTime(FRAME_INTERVAL_MS)
    expect(frames.at(-1)).toMatchObject({ keys: [10, 11, 12, 13, 14].map(keyAt), total: 100 })
  })

  it('learns only the new total when rows behind it come', () => {
    const { table, frames } = setUp()
    table.set({ key: 'zzz', status: 'Stopped' })
    vi.advanceTimersByTime(FRAME_INTERVAL_MS)
    expect(frames.at(-1)).toEqual({ type: 'delta', rows: [], total: 101 })
  })

  it('does not care for rows that move past each other elsewhere', () => {
    const { table, frames } = setUp({ byStatus: true, offset: 0 })
    table.set({ key: keyAt(50), status: 'Xtra' })
    table.set({ key: keyAt(60), status: 'Xtra' })
    table.set({ key: keyAt(50), status: 'Stopped' })
    vi.advanceTimersByTime(1_000)
    expect(frames).toHaveLength(1)
    table.set({ key: keyAt(60), status: 'Running' })
    vi.advanceTimersByTime(FRAME_INTERVAL_MS)
    expect(frames.at(-1)).toMatchObject({ keys: [60, 0, 1, 2, 3].map(keyAt) })
  })

  it('says nothing when all is as it was before the frame was due', () => {
    const { table, frames } = setUp()
    const before = table.get(keyAt(12)) as TestRow
    table.set({ key: keyAt(12), status: 'Running' })
    table.set(before)
    vi.advanceTimersByTime(1_000)
    expect(frames).toHaveLength(1)
  })
})

describe('a slow client', () => {
  it('is skipped forward to the newest state', () => {
    const { table, frames, client } = setUp()
    client.ready = false
    for (let change = 0; change < 50; change += 1) {
      table.set({ key: keyAt(11), status: `Status ${change}` })
      vi.advanceTimersByTime(FRAME_INTERVAL_MS)
    }
    expect(frames).toHaveLength(1)
    client.ready = true
    vi.advanceTimersByTime(FRAME_INTERVAL_MS)
    expect(frames.slice(1)).toEqual([
      { type: 'delta', rows: [{ key: keyAt(11), status: 'Status 49' }] },
    ])
  })
})

it('stops when it is disposed of', () => {
  const { table, frames, feed } = setUp()
  table.set({ key: keyAt(11), status: 'Running' })
  feed.dispose()
  vi.advanceTimersByTime(1_000)
  expect(frames).toHaveLength(1)
  expect(vi.getTimerCount()).toBe(0)
})
