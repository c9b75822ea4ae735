import { expect, test } from 'vitest'
import { guestMemory } from './resources-of.ts'

const devices = {}

test.each([
  [{ domain: { devices, memory: { guest: '2Gi' } } }, '2 GiB'],
  [{ domain: { devices, resources: { requests: { memory: '512Mi' } } } }, '512 MiB'],
  [{ domain: { devices } }, undefined],
])('%j has %s of memory', (spec, memory) => expect(guestMemory(spec)).toBe(memory))
