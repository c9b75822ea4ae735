import { expect, test } from 'vitest'
import type { VirtualMachineInstance } from '../types.ts'
import { growthOf } from './growth.ts'

const instance = (migratable: string, limits: object): VirtualMachineInstance => ({
  spec: { domain: { devices: {}, cpu: { sockets: 2 }, memory: { guest: '1Gi' }, ...limits } },
  status: { conditions: [{ type: 'LiveMigratable', status: migratable }] },
})
const room = { cpu: { sockets: 2, maxSockets: 8 }, memory: { guest: '1Gi', maxGuest: '4Gi' } }
const full = { cpu: { sockets: 2, maxSockets: 2 }, memory: { guest: '1Gi', maxGuest: '1Gi' } }

test.each([
  ['room', instance('True', room), 8, '4Gi'],
  ['no room', instance('True', full), undefined, undefined],
  ['no limits', instance('True', {}), undefined, undefined],
  ['cannot migrate', instance('False', room), undefined, undefined],
  ['does not run', null, undefined, undefined],
] as const)('%s', (_case, given, maxSockets, maxMemory) => {
  expect(growthOf(given)).toEqual({ maxSockets, maxMemory })
})
