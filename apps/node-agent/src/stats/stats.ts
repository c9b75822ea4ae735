import type { DriverName, GuestStats } from '../drivers/driver.ts'
import type { RunningGuest } from '../running-guest.ts'
import { interfaceStatsOf, type InterfaceStats } from './interface-stats.ts'
import { UsageRate } from './usage-rate.ts'

export interface InstanceStats extends GuestStats {
  namespace: string
  name: string
  uid: string
  driver: DriverName
  /** What it uses now. */
  cpuMillicores: number
  /** Without counters where nobody counts. */
  interfaces: InterfaceStats[]
}

export interface NodeStats {
  name: string
  cpuSeconds: number
  cpuMillicores: number
  memoryBytes: number
}

export interface Stats {
  time: string
  /** This agent and all its guests. */
  node: NodeStats
  virtualMachineInstances: InstanceStats[]
}

const MICROSECONDS = 1e6

/** Measures guests when somebody asks. */
export class StatsReader {
  readonly #nodeName: string
  readonly #guests: { list: () => RunningGuest[] }
  readonly #rates = new WeakMap<RunningGuest, UsageRate>()
  readonly #agentRate = new UsageRate(nowSeconds() - process.uptime())

  constructor(nodeName: string, guests: { list: () => RunningGuest[] }) {
    this.#nodeName = nodeName
    this.#guests = guests
  }

  async read(): Promise<Stats> {
    const running = this.#guests.list().filter(({ end, started }) => !end && started)
    const measured = await Promise.all(running.map((one) => this.#measure(one)))
    // One that ends in this moment has no figures any more.
    const instances = measured.filter((one) => one !== undefined)
    return {
      time: new Date().toISOString(),
      node: this.#nodeStats(instances),
      virtualMachineInstances: instances,
    }
  }

  async #measure(running: RunningGuest): Promise<InstanceStats | undefined> {
    const { namespace, name, uid, driver } = running.record
    let stats: GuestStats
    let interfaces: InterfaceStats[]
    try {
      ;[stats, interfaces] = await Promise.all([
        running.guest.stats(),
        interfaceStatsOf(running),
      ])
    } catch {
      return undefined
    }
    const now = nowSeconds()
    const known = this.#rates.get(running)
    const rate = known ?? new UsageRate(now - stats.runningSeconds)
    if (!known) this.#rates.set(running, rate)
    return {
      namespace,
      name,
      uid,
      driver,
      cpuMillicores: millicores(rate.update({ seconds: stats.cpuSeconds, atSeconds: now })),
      ...stats,
      interfaces,
    }
  }

  #nodeStats(instances: InstanceStats[]): NodeStats {
    const { user, system } = process.cpuUsage()
    const agentSeconds = (user + system) / MICROSECONDS
    const rate = this.#agentRate.update({ seconds: agentSeconds, atSeconds: nowSeconds() })
    const sum = (valueOf: (one: InstanceStats) => number) =>
      instances.reduce((total, one) => total + valueOf(one), 0)
    return {
      name: this.#nodeName,
      cpuSeconds: agentSeconds + sum(({ cpuSeconds }) => cpuSeconds),
      cpuMillicores: millicores(rate) + sum(({ cpuMillicores }) => cpuMillicores),
      memoryBytes: process.memoryUsage.rss() + sum(({ memoryBytes }) => memoryBytes),
    }
  }
}

const nowSeconds = (): number => performance.now() / 1_000
const millicores = (rate: number): number => Math.round(rate * 1_000)
