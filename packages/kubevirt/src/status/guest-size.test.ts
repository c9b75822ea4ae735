import { expect, test } from 'vitest'
import { guestMemoryBytes, virtualCpus } from './guest-size.ts'

const devices = {}

test.each([
  [{ domain: { devices } }, 1],
  [{ domain: { devices, cpu: { cores: 2 } } }, 2],
  [{ domain: { devices, cpu: { cores: 2, sockets: 2, threads: 2 } } }, 8],
  [{ domain: { devices, resources: { requests: { cpu: '1500m' } } } }, 2],
])('%j has %i virtual CPUs', (spec, cpus) => expect(virtualCpus(spec)).toBe(cpus))

test('the memory of a guest is what it sees, or else what is requested for it', () => {
  const resources = { requests: { memory: '512Mi' } }
  expect(guestMemoryBytes({ domain: { devices, memory: { guest: '1Gi' }, resources } })).toBe(
    2 ** 30,
  )
  expect(guestMemoryBytes({ domain: { devices, resources } })).toBe(2 ** 29)
  expect(guestMemoryBytes(undefined)).toBeUndefined()
})
