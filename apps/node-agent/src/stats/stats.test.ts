import { expect, test } from 'vitest'
import { diskStatsOf, guestMemoryOf } from '../drivers/qemu/stats.ts'
import type { GuestStats } from '../drivers/driver.ts'
import type { RunningGuest } from '../running-guest.ts'
import { prometheusText } from './prometheus.ts'
import { StatsReader } from './stats.ts'
import { UsageRate } from './usage-rate.ts'

const DISK = {
  name: 'root',
  readBytes: 4_096,
  readOperations: 2,
  readSeconds: 0.5,
  writtenBytes: 512,
  writeOperations: 1,
  writeSeconds: 0.25,
  flushOperations: 0,
  flushSeconds: 0,
}

const STATS: GuestStats = {
  cpuSeconds: 30,
  runningSeconds: 60,
  memoryBytes: 200,
  memorySizeBytes: 128,
  disks: [DISK],
}

const guest = (
  name: string,
  stats: () => Promise<GuestStats>,
  agent?: () => Promise<unknown>,
) => {
  const record = { uid: name, namespace: 'default', name, driver: 'qemu' }
  const counters = {
    receivedBytes: 11,
    receivedPackets: 1,
    transmittedBytes: 22,
    transmittedPackets: 2,
    receivedDropped: 0,
  }
  const interfaces = ['default', 'lab'].map((nic) => ({
    name: nic,
    macAddress: `02:00:${nic}`,
  }))
  const plugs = new Map([['lab', { counters }]])
  const running = {
    record,
    started: true,
    guest: { stats, agent, agentConnected: agent !== undefined },
    interfaces,
    plugs,
  }
  return running as unknown as RunningGuest
}

test('a rate is the average since the start, then that of the last seconds', () => {
  const rate = new UsageRate(100)
  expect(rate.update({ seconds: 5, atSeconds: 110 })).toBe(0.5)
  expect(rate.update({ seconds: 5, atSeconds: 115 })).toBeCloseTo(5 / 15)
  expect(rate.update({ seconds: 15, atSeconds: 120 })).toBe(1)
  expect(rate.update({ seconds: 15, atSeconds: 130 })).toBe(0)
})

test('guests are measured with their node; one that has just ended is left out', async () => {
  const reader = new StatsReader('node01', {
    list: () => [
      guest('web', () => Promise.resolve(STATS)),
      guest('gone', () => Promise.reject(new Error('QEMU is gone'))),
    ],
  })
  const { node, virtualMachineInstances } = await reader.read()
  expect(virtualMachineInstances).toMatchObject([
    {
      namespace: 'default',
      name: 'web',
      cpuMillicores: 500,
      memoryBytes: 200,
      interfaces: [{ name: 'default' }, { name: 'lab', receivedBytes: 11 }],
    },
  ])
  expect(node.cpuMillicores).toBeGreaterThanOrEqual(500)
})

test('the guest is asked where nobody else counts', async () => {
  const agent = () =>
    Promise.resolve([
      { name: 'lo' },
      {
        'hardware-address': '02:00:DEFAULT',
        statistics: { 'rx-bytes': 7, 'rx-packets': 1, 'tx-bytes': 8, 'tx-packets': 2 },
      },
    ])
  const silent = () => Promise.reject(new Error('timeout'))
  const stats = () => Promise.resolve(STATS)
  const reader = new StatsReader('node01', {
    list: () => [guest('web', stats, agent), guest('silent', stats, silent)],
  })
  const { virtualMachineInstances } = await reader.read()
  expect(virtualMachineInstances.map(({ interfaces }) => interfaces[0])).toEqual([
    {
      name: 'default',
      macAddress: '02:00:default',
      receivedBytes: 7,
      receivedPackets: 1,
      receivedDropped: 0,
      transmittedBytes: 8,
      transmittedPackets: 2,
    },
    { name: 'default', macAddress: '02:00:default' },
  ])
})

test('metrics have KubeVirt’s names, and none where nothing is known', async () => {
  const reader = new StatsReader('node01', {
    list: () => [guest('web', () => Promise.resolve(STATS))],
  })
  const text = prometheusText(await reader.read())
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const of = 'node="node01",namespace="default",name="web"'
  expect(series).toEqual([
    `kubevirt_vmi_cpu_usage_seconds_total{${of}} 30`,
    `kubevirt_vmi_memory_domain_bytes{${of}} 128`,
    `kubevirt_vmi_memory_resident_bytes{${of}} 200`,
    `kubevirt_vmi_storage_read_traffic_bytes_total{${of},drive="root"} 4096`,
    `kubevirt_vmi_storage_write_traffic_bytes_total{${of},drive="root"} 512`,
    `kubevirt_vmi_storage_iops_read_total{${of},drive="root"} 2`,
    `kubevirt_vmi_storage_iops_write_total{${of},drive="root"} 1`,
    `kubevirt_vmi_storage_read_times_seconds_total{${of},drive="root"} 0.5`,
    `kubevirt_vmi_storage_write_times_seconds_total{${of},drive="root"} 0.25`,
    `kubevirt_vmi_storage_flush_requests_total{${of},drive="root"} 0`,
    `kubevirt_vmi_storage_flush_times_seconds_total{${of},drive="root"} 0`,
    `kubevirt_vmi_network_receive_bytes_total{${of},interface="lab"} 11`,
    `kubevirt_vmi_network_transmit_bytes_total{${of},interface="lab"} 22`,
    `kubevirt_vmi_network_receive_packets_total{${of},interface="lab"} 1`,
    `kubevirt_vmi_network_transmit_packets_total{${of},interface="lab"} 2`,
    `kubevirt_vmi_network_receive_packets_dropped_total{${of},interface="lab"} 0`,
  ])
})

test('QEMU’s block statistics', () => {
  const stats = { rd_bytes: 4_096, rd_operations: 2, rd_total_time_ns: 5e8, wr_bytes: 512 }
  const [disk, ...others] = diskStatsOf([
    { qdev: '/machine/peripheral/disk-root/virtio-backend', stats },
    { stats },
  ])
  expect(others).toEqual([])
  expect(disk).toMatchObject({ name: 'root', readBytes: 4_096, readSeconds: 0.5 })
})

test('what the balloon tells', () => {
  const stats = { 'stat-total-memory': 100, 'stat-free-memory': 60, 'stat-swap-in': 2 ** 64 }
  expect(guestMemoryOf({ 'last-update': 0, stats })).toBeUndefined()
  expect(guestMemoryOf({ 'last-update': 1, stats })).toEqual({
    totalBytes: 100,
    unusedBytes: 60,
    usableBytes: 60,
    cachedBytes: 0,
  })
})
