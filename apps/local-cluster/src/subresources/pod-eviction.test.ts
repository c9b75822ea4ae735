import { describe, expect, it } from 'vitest'
import { call, fakeObjects } from './testing/fake-objects.ts'

const WEBHOOK =
  'admission webhook "virt-launcher-eviction-interceptor.kubevirt.io" denied the request: '
const EVACUATION = 'Eviction triggered evacuation of VMI "development/vm-a"'
const RUNNING = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }

const launcher = (changes: { phase?: string; nodeName?: string } = {}) => ({
  metadata: {
    name: 'vm-a',
    labels: { 'kubevirt.io': 'virt-launcher' },
    annotations: { 'kubevirt.io/domain': 'vm-a' },
  },
  spec: { nodeName: changes.nodeName ?? 'node01' },
  status: { ...RUNNING, phase: changes.phase ?? 'Running' },
})

const instance = (evictionStrategy: string | undefined, migratable: boolean) => ({
  metadata: { name: 'vm-a', namespace: 'development' },
  spec: { evictionStrategy },
  status: {
    nodeName: 'node01',
    conditions: [{ type: 'LiveMigratable', status: migratable ? 'True' : 'False' }],
  },
})

const evict = (objects: Parameters<typeof call>[0], options = {}) =>
  call(objects, 'eviction', { resource: 'pods', ...options })

describe('the eviction of a launcher', () => {
  it.each([
    ['LiveMigrate', true, `${WEBHOOK}${EVACUATION}`],
    ['LiveMigrateIfPossible', true, `${WEBHOOK}${EVACUATION}`],
    ['External', false, `${WEBHOOK}${EVACUATION}`],
    [
      'LiveMigrate',
      false,
      `${WEBHOOK}VMI vm-a is configured with an eviction strategy but is not live-migratable`,
    ],
  ])('with %s, migratable: %s, is denied', async (strategy, migratable, message) => {
    const { objects, deleted } = fakeObjects({
      'pods/vm-a': launcher(),
      'virtualmachineinstances/vm-a': instance(strategy, migratable),
    })
    expect(await evict(objects)).toMatchObject({ code: 429, message })
    expect(deleted).toEqual([])
  })

  it.each([
    ['None', true],
    [undefined, true],
    ['LiveMigrateIfPossible', false],
  ])('with %s, migratable: %s, ends it', async (strategy, migratable) => {
    const { objects, deleted } = fakeObjects({
      'pods/vm-a': launcher(),
      'virtualmachineinstances/vm-a': instance(strategy, migratable),
    })
    expect(await evict(objects)).toMatchObject({ status: 201 })
    expect(deleted).toEqual([{ key: 'pods/vm-a' }])
  })

  it("follows the cluster's strategy where the VMI has none", async () => {
    const { objects } = fakeObjects({
      'pods/vm-a': launcher(),
      'virtualmachineinstances/vm-a': instance(undefined, true),
      'kubevirts/kubevirt': { spec: { configuration: { evictionStrategy: 'LiveMigrate' } } },
    })
    expect(await evict(objects)).toMatchObject({ code: 429 })
  })

  it('marks the VMI once, and not in a dry run', async () => {
    const { objects, stored } = fakeObjects({
      'pods/vm-a': launcher(),
      'virtualmachineinstances/vm-a': instance('LiveMigrate', true),
    })
    const status = () => stored.get('virtualmachineinstances/vm-a')?.status
    expect(await evict(objects, { dryRun: true })).toMatchObject({ code: 429 })
    expect(status()).not.toHaveProperty('evacuationNodeName')
    expect(await evict(objects)).toMatchObject({ message: `${WEBHOOK}${EVACUATION}` })
    expect(status()).toMatchObject({ evacuationNodeName: 'node01' })
    expect(await evict(objects)).toMatchObject({
      message: `${WEBHOOK}Evacuation in progress: ${EVACUATION}`,
    })
  })

  it.each([
    ['has ended', launcher({ phase: 'Succeeded' })],
    ['is on another node than the guest', launcher({ nodeName: 'node02' })],
  ])('goes through if it %s', async (_what, pod) => {
    const { objects } = fakeObjects({
      'pods/vm-a': pod,
      'virtualmachineinstances/vm-a': instance('LiveMigrate', true),
    })
    expect(await evict(objects)).toMatchObject({ status: 201 })
  })
})

describe('a disruption budget', () => {
  const pod = (name: string) => ({
    metadata: { name, labels: { app: 'web' } },
    status: RUNNING,
  })
  const budget = (spec: object) => ({
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  })

  it.each([
    [{ minAvailable: 2 }, 'needs 2 healthy pods and has 2 currently'],
    [{ minAvailable: '51%' }, 'needs 2 healthy pods and has 2 currently'],
    [{ maxUnavailable: 0 }, 'needs 2 healthy pods and has 2 currently'],
  ])('%j refuses', async (spec, message) => {
    const { objects, deleted } = fakeObjects({
      'pods/vm-a': pod('vm-a'),
      'pods/vm-b': pod('vm-b'),
      'poddisruptionbudgets/web': budget(spec),
    })
    expect(await evict(objects)).toMatchObject({
      code: 429,
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: {
        causes: [
          { reason: 'DisruptionBudget', message: `The disruption budget web ${message}` },
        ],
      },
    })
    expect(deleted).toEqual([])
  })

  it.each([[{ minAvailable: 1 }], [{ maxUnavailable: '50%' }]])('%j allows', async (spec) => {
    const { objects } = fakeObjects({
      'pods/vm-a': pod('vm-a'),
      'pods/vm-b': pod('vm-b'),
      'poddisruptionbudgets/web': budget(spec),
    })
    expect(await evict(objects)).toMatchObject({ status: 201 })
  })
})
