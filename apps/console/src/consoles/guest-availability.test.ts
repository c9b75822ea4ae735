import { expect, test } from 'vitest'
import { guestAvailability } from './guest-availability.ts'

const instance = (phase: string | undefined, deletionTimestamp?: string) =>
  ({
    metadata: { ...(deletionTimestamp && { deletionTimestamp }) },
    spec: {},
    status: { ...(phase && { phase }) },
  }) as Parameters<typeof guestAvailability>[0]['instance']

const virtualMachine = (printableStatus: string) =>
  ({ spec: {}, status: { printableStatus } }) as Parameters<
    typeof guestAvailability
  >[0]['virtualMachine']

test.each([
  ['Running', undefined, 'running'],
  ['Running', '2026-01-01T00:00:00Z', 'stopping'],
  ['Pending', undefined, 'starting'],
  ['Scheduling', undefined, 'starting'],
  ['Scheduled', undefined, 'starting'],
  ['Scheduled', '2026-01-01T00:00:00Z', 'stopping'],
  [undefined, undefined, 'starting'],
  ['Succeeded', undefined, 'stopped'],
  ['Failed', undefined, 'stopped'],
  ['Unknown', undefined, 'unknown'],
])('F-40 a VMI in phase %s, deleted %s: %s', (phase, deleted, expected) => {
  expect(
    guestAvailability({
      virtualMachine: virtualMachine('Running'),
      instance: instance(phase, deleted),
    }),
  ).toBe(expected)
})

test.each([
  ['Stopped', 'stopped'],
  ['Starting', 'starting'],
  ['ErrImagePull', 'starting'],
])('F-40 no VMI, the VM says %s: %s', (status, expected) => {
  expect(guestAvailability({ virtualMachine: virtualMachine(status), instance: null })).toBe(
    expected,
  )
})

test('F-40 what is not known or not there', () => {
  expect(guestAvailability({ virtualMachine: null, instance: null })).toBe('missing')
  expect(guestAvailability({ virtualMachine: undefined, instance: null })).toBe('unknown')
  expect(
    guestAvailability({ virtualMachine: virtualMachine('Running'), instance: undefined }),
  ).toBe('unknown')
})
