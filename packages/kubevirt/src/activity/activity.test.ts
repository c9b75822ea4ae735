import { describe, expect, it, test } from 'vitest'
import type { VirtualMachine } from '../types.ts'
import { activityOf, type ActivitySources } from './activity.ts'
import { managedPaths } from './managed-paths.ts'

const at = (second: number): string => `2026-11-23T10:00:${String(second).padStart(2, '0')}Z`

const virtualMachine = (extra: Partial<VirtualMachine> = {}): VirtualMachine => ({
  metadata: { name: 'web', creationTimestamp: at(0) },
  spec: { template: {} },
  ...extra,
})

/** What happened and when, without what else is known. */
const outline = (sources: Partial<ActivitySources>): string[] =>
  activityOf({ virtualMachine: virtualMachine(), ...sources }).map(
    ({ time, key }) => `${time.slice(17, 19)} ${key}`,
  )

const event = (uid: string, second: number, extra = {}) => ({
  metadata: { uid, creationTimestamp: at(0) },
  involvedObject: { kind: 'VirtualMachineInstance' },
  lastTimestamp: at(second),
  ...extra,
})

const managed = (manager: string, second: number, fieldsV1: object, subresource?: string) => ({
  manager,
  operation: 'Update',
  time: at(second),
  fieldsV1,
  ...(subresource && { subresource }),
})

/** The published type of conditions leaves the time out. */
const ready = (second: number) => ({
  type: 'Ready',
  status: 'True',
  lastTransitionTime: at(second),
})

const memory = { 'f:spec': { 'f:template': { 'f:memory': {} } } }

test('F-34 everything comes in one line of time, newest first', () => {
  const found = outline({
    virtualMachine: virtualMachine({
      metadata: {
        creationTimestamp: at(0),
        managedFields: [managed('kubectl-edit', 20, memory)],
      },
      status: { conditions: [ready(9)] },
    }),
    instance: {
      metadata: { uid: 'i' },
      spec: { domain: { devices: {} } },
      status: {
        phaseTransitionTimestamps: [
          { phase: 'Pending', phaseTransitionTimestamp: at(1) },
          { phase: 'Running', phaseTransitionTimestamp: at(1) },
        ],
      },
    },
    events: [event('old', 1), event('new', 30)],
    migrations: [
      {
        metadata: { uid: 'm', name: 'move' },
        spec: {},
        status: {
          phaseTransitionTimestamps: [
            { phase: 'Running', phaseTransitionTimestamp: at(40) },
            { phase: 'Succeeded', phaseTransitionTimestamp: at(45) },
          ],
        },
      },
    ],
  })
  expect(found).toEqual([
    '45 migration/m/Succeeded',
    '40 migration/m/Running',
    '30 event/new',
    '20 fields/kubectl-edit/Update',
    '09 condition/VirtualMachine/Ready',
    '01 event/old',
    '01 phase/i/Running',
    '01 phase/i/Pending',
    '00 created/',
  ])
})

test('F-34 a condition that VM and VMI share is told once', () => {
  const conditions = [ready(5)]
  const found = outline({
    virtualMachine: virtualMachine({ status: { conditions } }),
    instance: { spec: { domain: { devices: {} } }, status: { conditions } },
  })
  expect(found).toEqual(['05 condition/VirtualMachineInstance/Ready', '00 created/'])
})

test('F-40 a console that connects again after a short pause was opened once', () => {
  const at = (minute: number) => `2026-11-23T10:${String(minute).padStart(2, '0')}:00Z`
  const opened = (minute: number, user: string, console: 'vnc' | 'rdp') => ({
    time: at(minute),
    user,
    console,
  })
  const consoles = [
    opened(0, 'jane', 'vnc'),
    opened(5, 'jane', 'vnc'),
    opened(6, 'joe', 'vnc'),
    opened(7, 'jane', 'rdp'),
    opened(15, 'jane', 'vnc'),
    opened(40, 'jane', 'vnc'),
  ]
  const found = activityOf({ virtualMachine: virtualMachine(), consoles })
  expect(found.filter(({ kind }) => kind === 'console')).toMatchObject([
    { time: at(40), user: 'jane', console: 'vnc', count: 1 },
    { time: at(15), user: 'jane', console: 'vnc', count: 3 },
    { time: at(7), user: 'jane', console: 'rdp', count: 1 },
    { time: at(6), user: 'joe', console: 'vnc', count: 1 },
  ])
})

test('F-34 times of any precision and zone are one order; what has none is left out', () => {
  const found = outline({
    events: [
      event('later', 0, { lastTimestamp: null, eventTime: '2026-11-23T19:00:02.5+09:00' }),
      event('sooner', 2),
      event('none', 0, { lastTimestamp: 'never' }),
    ],
  })
  expect(found).toEqual(['02 event/later', '02 event/sooner', '00 created/'])
})

describe('F-34 changes', () => {
  const changed = (entries: object[]) =>
    virtualMachine({ metadata: { managedFields: entries } })

  it('leave out status and bookkeeping', () => {
    const entries = [
      managed('virt-controller', 1, { 'f:status': { 'f:ready': {} } }, 'status'),
      managed('virt-controller', 2, { 'f:metadata': { 'f:finalizers': { 'v:"x"': {} } } }),
    ]
    expect(outline({ virtualMachine: changed(entries) })).toEqual([])
  })

  it('of the console have the name of the user whose write it was', () => {
    const write = { user: 'jane', method: 'PATCH', resource: 'virtualmachines' } as const
    const [request, change] = activityOf({
      virtualMachine: changed([managed('virtdeck', 20, memory)]),
      writes: [
        { ...write, time: at(21) },
        { ...write, time: at(30), method: 'PUT', subresource: 'restart' },
      ],
    })
    expect(change).toMatchObject({
      kind: 'fields',
      user: 'jane',
      fields: ['spec.template.memory'],
    })
    expect(request).toMatchObject({ kind: 'request', user: 'jane', subresource: 'restart' })
  })

  it('of others have nobody but their program', () => {
    const [change] = activityOf({
      virtualMachine: changed([managed('kubectl-edit', 20, memory)]),
      writes: [{ time: at(19), user: 'jane', method: 'PATCH', resource: 'virtualmachines' }],
    })
    expect(change).toMatchObject({ manager: 'kubectl-edit', user: undefined })
  })
})

test.each([
  [{ 'f:spec': { '.': {}, 'f:runStrategy': {} } }, ['spec.runStrategy']],
  [
    { 'f:spec': { 'f:disks': { 'k:{"name":"root"}': { '.': {}, 'f:bus': {} } } } },
    ['spec.disks[root].bus'],
  ],
  [
    { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {} } } },
    ['ports[port=80,protocol=TCP]'],
  ],
  [
    { 'f:metadata': { 'f:labels': { 'f:app.kubernetes.io/name': {} } } },
    ['metadata.labels.app.kubernetes.io/name'],
  ],
  [{ 'f:metadata': { 'f:finalizers': { 'v:"a"': {} } } }, []],
  [undefined, []],
])('F-34 managedFields %o are the paths %o', (fields, paths) => {
  expect(managedPaths(fields)).toEqual(paths)
})
