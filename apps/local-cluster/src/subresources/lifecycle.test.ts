import { describe, expect, it } from 'vitest'
import { call, fakeObjects } from './testing/fake-objects.ts'

const vm = (spec: object, status: object = {}) => ({
  'virtualmachines/vm-a': { metadata: { name: 'vm-a' }, spec, status },
})
const vmi = (phase: string, more: object = {}) => ({
  'virtualmachineinstances/vm-a': {
    metadata: { name: 'vm-a', uid: 'uid-1' },
    spec: { domain: { devices: {} } },
    status: { phase, ...more },
  },
})

const conflict = (message: string) =>
  `Operation cannot be fulfilled on virtualmachine.kubevirt.io "vm-a": ${message}`

describe('starting and stopping', () => {
  it.each<[action: string, objects: Record<string, object>, body: object, spec: object]>([
    ['start', vm({ runStrategy: 'Halted' }), {}, { runStrategy: 'Always' }],
    ['start', vm({ running: false }), {}, { running: true }],
    ['stop', vm({ runStrategy: 'Always' }), {}, { runStrategy: 'Halted' }],
    ['stop', { ...vm({ running: true }), ...vmi('Running') }, {}, { running: false }],
  ])('%s changes the field in use', async (action, initial, body, spec) => {
    const { objects, stored } = fakeObjects(initial)
    expect(await call(objects, action, { body })).toEqual({ status: 202 })
    expect(stored.get('virtualmachines/vm-a')?.spec).toEqual(spec)
  })

  it.each<[action: string, objects: Record<string, object>, body: object, requests: object[]]>([
    ['start', vm({ runStrategy: 'Manual' }), {}, [{ action: 'Start' }]],
    [
      'start',
      vm({ runStrategy: 'Halted' }),
      { paused: true },
      [{ action: 'Start', data: { paused: 'true' } }],
    ],
    [
      'stop',
      { ...vm({ runStrategy: 'RerunOnFailure' }), ...vmi('Running') },
      {},
      [{ action: 'Stop', uid: 'uid-1' }],
    ],
    [
      'restart',
      { ...vm({ runStrategy: 'Always' }), ...vmi('Running') },
      {},
      [{ action: 'Stop', uid: 'uid-1' }, { action: 'Start' }],
    ],
  ])('%s asks the controller otherwise', async (action, initial, body, requests) => {
    const { objects, stored } = fakeObjects(initial)
    expect(await call(objects, action, { body })).toEqual({ status: 202 })
    expect(stored.get('virtualmachines/vm-a')?.status).toEqual({
      stateChangeRequests: requests,
    })
  })

  it.each<[action: string, objects: Record<string, object>, body: object, message: string]>([
    [
      'start',
      { ...vm({ runStrategy: 'Halted' }), ...vmi('Running') },
      {},
      'VM is already running',
    ],
    [
      'start',
      vm({ runStrategy: 'Always' }),
      {},
      'Always does not support manual start requests',
    ],
    ['start', vm({ runStrategy: 'Once' }), {}, 'Once does not support manual start requests'],
    ['stop', vm({ runStrategy: 'Halted' }), {}, 'VM is not running'],
    ['stop', vm({ running: false }), {}, 'VM is not running'],
    [
      'stop',
      { ...vm({ runStrategy: 'Halted' }), ...vmi('Running') },
      {},
      'Halted only supports manual stop requests with a shorter graceperiod',
    ],
    [
      'restart',
      vm({ runStrategy: 'Halted' }),
      {},
      'RunStategy Halted does not support manual restart requests',
    ],
    ['restart', vm({ runStrategy: 'Always' }), {}, 'VM is not running: Halted'],
    [
      'restart',
      {
        ...vm({ runStrategy: 'Manual' }, { stateChangeRequests: [{ action: 'Start' }] }),
        ...vmi('Running'),
      },
      {},
      'unable to complete request: stop/start already underway',
    ],
    [
      'migrate',
      { ...vm({ runStrategy: 'Always' }), ...vmi('Scheduling') },
      {},
      'VM is not running',
    ],
  ])('%s refuses with 409', async (action, initial, body, message) => {
    const { objects } = fakeObjects(initial)
    expect(await call(objects, action, { body })).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: conflict(message),
      details: { name: 'vm-a', group: 'kubevirt.io', kind: 'virtualmachine' },
    })
  })

  it('refuses a missing VM, a long forced restart and clients that accept JSON only', async () => {
    const { objects } = fakeObjects({})
    expect(await call(objects, 'start')).toMatchObject({
      code: 404,
      message: 'virtualmachine.kubevirt.io "vm-a" not found',
    })
    expect(await call(objects, 'restart', { body: { gracePeriodSeconds: 5 } })).toMatchObject({
      code: 400,
      message: 'For force restart, only gracePeriod=0 is supported for now',
    })
    expect(await call(objects, 'start', { accept: 'application/json' })).toEqual({
      status: 406,
      body: '406: Not Acceptable\n\nAvailable representations: ',
    })
  })

  it('changes nothing on a dry run', async () => {
    const { objects, stored } = fakeObjects(vm({ runStrategy: 'Halted' }))
    await call(objects, 'start', { body: { dryRun: ['All'] } })
    expect(stored.get('virtualmachines/vm-a')?.spec).toEqual({ runStrategy: 'Halted' })
  })

  it('ends the launcher on a forced restart', async () => {
    const labels = { 'kubevirt.io/created-by': 'uid-1' }
    const { objects, deleted } = fakeObjects({
      ...vm({ runStrategy: 'Always' }),
      ...vmi('Running'),
      'pods/launcher': { metadata: { name: 'launcher', labels } },
    })
    await call(objects, 'restart', { body: { gracePeriodSeconds: 0 } })
    expect(deleted).toEqual([{ key: 'pods/launcher', gracePeriodSeconds: 1 }])
  })
})

describe('a VMI', () => {
  const instance = 'virtualmachineinstances'

  it.each<[subresource: string, objects: Record<string, object>, answer: object]>([
    [
      'console',
      {},
      { code: 404, message: 'virtualmachineinstance.kubevirt.io "vm-a" not found' },
    ],
    ['console', vmi('Pending'), { code: 400, message: 'VMI is not running' }],
    ['console', vmi('Failed'), { code: 409 }],
    ['vnc', vmi('Scheduled'), { code: 400, message: 'VMI is not running' }],
    [
      'pause',
      vmi('Pending'),
      {
        code: 409,
        message:
          'Operation cannot be fulfilled on virtualmachineinstance.kubevirt.io "vm-a": VM is not running',
      },
    ],
    [
      'pause',
      vmi('Running', { conditions: [{ type: 'Paused', status: 'True' }] }),
      { code: 409 },
    ],
    ['unpause', vmi('Running'), { code: 409 }],
    [
      'guestosinfo',
      vmi('Pending'),
      {
        status: 500,
        body: 'Operation cannot be fulfilled on virtualmachineinstance.kubevirt.io "vm-a": VMI is not running',
      },
    ],
    [
      'portforward',
      vmi('Running', { conditions: [{ type: 'Paused', status: 'True' }] }),
      { code: 409 },
    ],
  ])('answers %s when it cannot', async (subresource, initial, answer) => {
    const { objects } = fakeObjects(initial)
    const rest = subresource === 'portforward' ? ['22'] : []
    expect(await call(objects, subresource, { resource: instance, rest })).toMatchObject(answer)
  })
})

describe('a pod', () => {
  const pods = 'pods'

  it('is bound to a node once', async () => {
    const { objects, stored } = fakeObjects({ 'pods/vm-a': { spec: { containers: [] } } })
    const body = { target: { kind: 'Node', name: 'node01' } }
    expect(await call(objects, 'binding', { resource: pods, body })).toMatchObject({
      status: 201,
    })
    expect(stored.get('pods/vm-a')).toMatchObject({
      spec: { nodeName: 'node01' },
      status: { conditions: [{ type: 'PodScheduled', status: 'True' }] },
    })
    expect(await call(objects, 'binding', { resource: pods, body })).toMatchObject({
      code: 409,
      message:
        'Operation cannot be fulfilled on pods/binding "vm-a": pod vm-a is already assigned to node "node01"',
    })
  })

  it('without a container name lists its containers', async () => {
    const containers = [{ name: 'compute' }, { name: 'guest-console-log' }]
    const { objects } = fakeObjects({
      'pods/vm-a': { metadata: { name: 'vm-a' }, spec: { containers } },
    })
    expect(await call(objects, 'log', { resource: pods })).toMatchObject({
      code: 400,
      message:
        'a container name must be specified for pod vm-a, choose one of: [compute guest-console-log]',
    })
  })
})
