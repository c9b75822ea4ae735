import { expect, test } from 'vitest'
import { guestMemory, virtualCpus } from './resources-of.ts'

const devices = {}

test.each([
  [{ domain: { devices } }, 1],
  [{ domain: { devices, cpu: { cores: 2 } } }, 2],
  [{ domain: { devices, cpu: { cores: 2, sockets: 2, threads: 2 } } }, 8],
  [{ domain: { devices, resources: { requests: { cpu: '1500m' } } } }, 2],
])('%j has %i virtual CPUs', (spec, cpus) => expect(virtualCpus(spec)).toBe(cpus))

test.each([
  [{ domain: { devices, memory: { guest: '2Gi' } } }, '2 GiB'],
  [{ domain: { devices, resources: { requests: { memory: '512Mi' } } } }, '512 MiB'],
  [{ domain: { devices } }, undefined],
])('%j has %s of memory', (spec, memory) => expect(guestMemory(spec)).toBe(memory))
