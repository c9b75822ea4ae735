import { expect, test } from 'vitest'
import type { VirtualMachine, VirtualMachineInstance } from '../informers.ts'
import { templateChange } from './live-update.ts'

type Template = NonNullable<VirtualMachine['spec']['template']['spec']>

const template: Template = {
  domain: { cpu: { sockets: 2 }, memory: { guest: '1Gi' }, devices: {} },
  volumes: [],
}
const machine = (spec: Partial<Template>, more = {}): VirtualMachine['spec'] => ({
  ...more,
  template: { spec: { ...template, ...spec } },
})
const instance = (migratable: boolean): VirtualMachineInstance => ({
  spec: template,
  status: { conditions: [{ type: 'LiveMigratable', status: migratable ? 'True' : 'False' }] },
})
const NOT_LIVE = 'a non-live-updatable field was changed in the template spec'
const domain = (cpu: number, guest: string): Partial<Template> => ({
  domain: { cpu: { sockets: cpu }, memory: { guest }, devices: {} },
})

test.each<[string, Partial<Template>, boolean, string | undefined]>([
  ['nothing', {}, false, undefined],
  ['a host name', { hostname: 'x' }, true, NOT_LIVE],
  ['a node selector', { nodeSelector: { a: 'b' } }, false, undefined],
  ['tolerations', { tolerations: [{ key: 'a' }] }, false, undefined],
  [
    'more sockets, able to migrate',
    domain(4, '1Gi'),
    true,
    'CPU sockets updated in template spec to a value higher than what is available',
  ],
  [
    'more sockets, not able to',
    domain(4, '1Gi'),
    false,
    'CPU sockets updated in template spec. Hot-plug is only available for migratable VMs',
  ],
  ['fewer sockets', domain(1, '1Gi'), true, 'Reduction of CPU socket count requires a restart'],
  [
    'more memory, able to migrate',
    domain(2, '2Gi'),
    true,
    'memory updated in template spec. Memory-hotplug is not available for this VM configuration',
  ],
  [
    'less memory',
    domain(2, '512Mi'),
    true,
    'memory updated in template spec to a value lower than what the VM started with',
  ],
  [
    'a hot-plugged volume',
    {
      domain: {
        cpu: { sockets: 2 },
        memory: { guest: '1Gi' },
        devices: { disks: [{ name: 'plugged', disk: {} }] },
      },
      volumes: [
        { name: 'plugged', persistentVolumeClaim: { claimName: 'c', hotpluggable: true } },
      ],
    },
    false,
    undefined,
  ],
])('%s', (_name, spec, migratable, restart) => {
  const change = templateChange(machine({}), machine(spec), instance(migratable))
  expect(change.restart).toBe(restart)
})

test('placement is taken over by the instance', () => {
  const nodeSelector = { a: 'b' }
  const change = templateChange(machine({}), machine({ nodeSelector }), instance(false))
  expect(change).toEqual({ live: { nodeSelector } })
})

test('another instance type needs a restart', () => {
  const after = machine({}, { instancetype: { name: 'large' } })
  expect(templateChange(machine({}), after, instance(true)).restart).toBe(NOT_LIVE)
})

test('a link is set while the guest runs, beside a disk that is plugged in', () => {
  const nic = { name: 'default', masquerade: {} }
  const withNic = (state: string, volumes: Template['volumes'] = []): Template => ({
    domain: {
      ...template.domain,
      devices: {
        disks: volumes.map(({ name }) => ({ name, disk: { bus: 'scsi' } })),
        interfaces: [{ ...nic, state }],
      },
    },
    volumes,
  })
  const running = { ...instance(true), spec: withNic('up') }
  const data = {
    name: 'data',
    persistentVolumeClaim: { claimName: 'data', hotpluggable: true },
  }
  const change = templateChange(
    machine(withNic('up')),
    machine(withNic('down', [data])),
    running,
  )
  expect(change.restart).toBeUndefined()
  expect(change.live).toMatchObject({
    volumes: [data],
    domain: {
      devices: { disks: [{ name: 'data' }], interfaces: [{ ...nic, state: 'down' }] },
    },
  })
})
