import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestCluster, type TestCluster } from '../../conformance/test-cluster.ts'
import { refusal } from '../../resources/testing/refusal.ts'
import { instancetypes } from './instancetypes.ts'
import { preferences } from './preferences.ts'

const PATH = '/apis/instancetype.kubevirt.io/v1beta1'
const MACHINES = '/apis/kubevirt.io/v1/namespaces/development/virtualmachines'

const seeds = [...instancetypes(), ...preferences()]

test.each(seeds.map(({ object }) => [object.metadata?.name ?? '', object] as const))(
  '%s is admitted',
  (_name, object) => {
    expect(refusal(object.kind ?? '', object)).toBeUndefined()
  },
)

describe('in a cluster', () => {
  let cluster: TestCluster
  beforeAll(async () => {
    cluster = await startTestCluster()
  })
  afterAll(() => cluster.close())

  test('F-10 they are found by their labels', async () => {
    const label = (name: string, value: string) =>
      encodeURIComponent(`instancetype.kubevirt.io/${name}=${value}`)
    const names = async (what: string): Promise<string[]> => {
      const { json } = await cluster.send('GET', `${PATH}/virtualmachinecluster${what}`)
      return json.items.map(({ metadata }: { metadata: { name: string } }) => metadata.name)
    }
    expect(await names(`instancetypes?labelSelector=${label('cpu', '16')}`)).toEqual([
      'cx1.4xlarge',
      'm1.4xlarge',
      'n1.2xlarge',
      'o1.4xlarge',
      'rt1.4xlarge',
      'u1.4xlarge',
    ])
    const windows = await names(`preferences?labelSelector=${label('os-type', 'windows')}`)
    expect(windows).toHaveLength(12)
    expect(windows).toContain('windows.2k25.virtio')
  })

  test.each([
    ['u1.nano', 'cirros'],
    ['u1.medium', 'fedora'],
    ['o1.large', 'windows.10'],
    ['u1.large', 'windows.11'],
    ['cx1.medium', 'rhel.9'],
  ])('F-10 a VM of %s with %s is accepted', async (instancetype, preference) => {
    const body = machine(instancetype, preference)
    const { status, text } = await cluster.send('POST', `${MACHINES}?dryRun=All`, { body })
    expect(status, text).toBe(201)
  })

  test('F-10 a size that is too small for the system is refused', async () => {
    const body = machine('u1.nano', 'windows.11')
    const { status, text } = await cluster.send('POST', `${MACHINES}?dryRun=All`, { body })
    expect(status).toBe(422)
    expect(text).toContain('insufficient')
  })
})

const machine = (instancetype: string, preference: string): object => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name: 'web', namespace: 'development' },
  spec: {
    runStrategy: 'Halted',
    instancetype: { name: instancetype },
    preference: { name: preference },
    template: { spec: { domain: { devices: {} } } },
  },
})
