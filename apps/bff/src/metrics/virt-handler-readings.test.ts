import { expect, it } from 'vitest'
import { VirtHandlerReadings } from './virt-handler-readings.ts'

const VM = 'node="node01",namespace="shop",name="db"'

function read(...lines: string[]) {
  const readings = new VirtHandlerReadings('virt-handler-x')
  for (const line of lines) readings.add(line)
  return readings.list()
}

it('adds up what disks and interfaces count', () => {
  expect(
    read(
      '# TYPE kubevirt_vmi_cpu_usage_seconds_total counter',
      `kubevirt_vmi_cpu_usage_seconds_total{${VM}} 12.5`,
      `kubevirt_vmi_storage_read_traffic_bytes_total{${VM},drive="a"} 100`,
      `kubevirt_vmi_storage_read_traffic_bytes_total{${VM},drive="b"} 20`,
      `kubevirt_vmi_storage_iops_write_total{${VM},drive="a"} 3`,
      `kubevirt_vmi_network_receive_bytes_total{${VM},interface="default"} 7`,
      `kubevirt_vmi_network_transmit_bytes_total{${VM},interface="default"} NaN`,
      `kubevirt_vmi_info{${VM}} 1`,
      'process_cpu_seconds_total 99',
    ),
  ).toEqual([
    {
      key: 'shop/db',
      node: 'virt-handler-x',
      cpuSeconds: 12.5,
      storageReadBytes: 120,
      storageWrites: 3,
      networkReceiveBytes: 7,
    },
  ])
})

it.each([
  [
    'what the guest does not give back',
    { available: 1000, usable: 600, unused: 500, resident: 900 },
    400,
  ],
  [
    'what is not free, where that is all it tells',
    { available: 1000, unused: 500, resident: 900 },
    500,
  ],
  ['what its process holds, where the guest tells nothing', { resident: 900 }, 900],
])('takes for used memory %s', (_, memory, memoryBytes) => {
  const lines = Object.entries(memory).map(
    ([kind, bytes]) => `kubevirt_vmi_memory_${kind}_bytes{${VM}} ${bytes}`,
  )
  expect(read(...lines)).toEqual([{ key: 'shop/db', node: 'virt-handler-x', memoryBytes }])
})
