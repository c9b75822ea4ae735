import { readFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { statFields, type ProcessIdentity } from '../../process-identity.ts'
import type { DiskStats, GuestMemoryStats, GuestStats } from '../driver.ts'

/** Linux counts CPU time in hundredths of a second. */
const CLOCK_TICKS = 100
const NANOSECONDS = 1e9
/** How often the guest's balloon driver tells of its memory. */
const BALLOON_SECONDS = 10
/** QEMU's way of saying that the guest did not tell. */
const UNTOLD = 2 ** 63
const PERIPHERALS = '/machine/peripheral'

type Execute = (command: string, args?: Record<string, unknown>) => Promise<unknown>

interface BlockEntry {
  qdev?: string
  stats: Record<string, number>
}

/** Reads what a QEMU process and its guest have used. */
export class QemuStats {
  readonly #execute: Execute
  readonly #process: ProcessIdentity
  #memorySize: number | undefined
  #balloon: Promise<string | undefined> | undefined

  constructor(process: ProcessIdentity, execute: Execute) {
    this.#process = process
    this.#execute = execute
  }

  async read(): Promise<GuestStats> {
    const { pid, startTime } = this.#process
    const [fields, status, disks, memorySizeBytes, guestMemory] = await Promise.all([
      statFields(pid),
      readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''),
      this.#disks(),
      this.#size(),
      this.#guestMemory(),
    ])
    const ticks = Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)
    const kibibytes = Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0)
    return {
      cpuSeconds: ticks / CLOCK_TICKS,
      runningSeconds: uptime() - Number(startTime) / CLOCK_TICKS,
      memoryBytes: kibibytes * 1024,
      memorySizeBytes,
      ...(guestMemory && { guestMemory }),
      disks,
    }
  }

  async #disks(): Promise<DiskStats[]> {
    const entries = (await this.#execute('query-blockstats')) as BlockEntry[]
    return diskStatsOf(entries)
  }

  async #size(): Promise<number> {
    if (this.#memorySize === undefined) {
      const size = (await this.#execute('query-memory-size-summary')) as Record<string, number>
      this.#memorySize = size['base-memory'] ?? 0
    }
    return this.#memorySize
  }

  async #guestMemory(): Promise<GuestMemoryStats | undefined> {
    const path = await (this.#balloon ??= this.#findBalloon())
    if (path === undefined) return undefined
    const told = await this.#execute('qom-get', { path, property: 'guest-stats' }).catch(
      () => undefined,
    )
    return guestMemoryOf(told)
  }

  /** Finds the balloon device and lets its driver in the guest begin to tell. */
  async #findBalloon(): Promise<string | undefined> {
    try {
      const devices = (await this.#execute('qom-list', { path: PERIPHERALS })) as {
        name: string
        type: string
      }[]
      const balloon = devices.find(({ type }) => type.includes('virtio-balloon'))
      if (balloon === undefined) return undefined
      const path = `${PERIPHERALS}/${balloon.name}`
      const property = 'guest-stats-polling-interval'
      await this.#execute('qom-set', { path, property, value: BALLOON_SECONDS })
      return path
    } catch {
      return undefined
    }
  }
}

/** Reads the answer to `query-blockstats`. */
export function diskStatsOf(entries: BlockEntry[]): DiskStats[] {
  return entries.flatMap(({ qdev = '', stats }) => {
    // `/machine/peripheral/disk-root/virtio-backend`
    const name = /(?:^|\/)disk-([^/]+)/.exec(qdev)?.[1]
    if (name === undefined) return []
    const value = (key: string) => stats[key] ?? 0
    return [
      {
        name,
        readBytes: value('rd_bytes'),
        readOperations: value('rd_operations'),
        readSeconds: value('rd_total_time_ns') / NANOSECONDS,
        writtenBytes: value('wr_bytes'),
        writeOperations: value('wr_operations'),
        writeSeconds: value('wr_total_time_ns') / NANOSECONDS,
        flushOperations: value('flush_operations'),
        flushSeconds: value('flush_total_time_ns') / NANOSECONDS,
      },
    ]
  })
}

/** Reads the balloon's `guest-stats`; undefined as long as the guest has told nothing. */
export function guestMemoryOf(told: unknown): GuestMemoryStats | undefined {
  const { stats = {}, ...rest } = (told ?? {}) as {
    stats?: Record<string, number>
    'last-update'?: number
  }
  if (!rest['last-update']) return undefined
  const value = (key: string): number | undefined => {
    const bytes = stats[key]
    return bytes !== undefined && bytes >= 0 && bytes < UNTOLD ? bytes : undefined
  }
  const total = value('stat-total-memory')
  const unused = value('stat-free-memory')
  if (total === undefined || unused === undefined) return undefined
  return {
    totalBytes: total,
    unusedBytes: unused,
    usableBytes: value('stat-available-memory') ?? unused,
    cachedBytes: value('stat-disk-caches') ?? 0,
  }
}
