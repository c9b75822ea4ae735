import { describe, expect, test } from 'vitest'
import type { VirtualMachine } from '../types.ts'
import { belongingsOf, type Belonging } from './belongings.ts'
import { deletionCommands, deletionPlan, goingBy, type DiskFate } from './deletion-plan.ts'

type Volumes = NonNullable<NonNullable<VirtualMachine['spec']['template']['spec']>['volumes']>

function machine(name: string, options: { volumes?: Volumes; templates?: string[] } = {}) {
  return {
    metadata: { name, uid: `uid-${name}` },
    spec: {
      dataVolumeTemplates: (options.templates ?? []).map((template) => ({
        metadata: { name: template },
        spec: { storage: { resources: { requests: { storage: '5Gi' } } } },
      })),
      template: {
        metadata: { labels: { app: 'shop' } },
        spec: { domain: { devices: {} }, volumes: options.volumes ?? [] },
      },
    },
  } as unknown as VirtualMachine
}

const ownedBy = (name: string) => ({
  ownerReferences: [
    { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name, uid: `uid-${name}` },
  ],
})

const line = ({ kind, name, size = '-', isOwned, usedBy }: Belonging) =>
  `${kind} ${name} ${size} ${isOwned ? 'owned' : 'free'} [${usedBy?.join() ?? '?'}]`

describe('F-33 what belongs to a VM', () => {
  test('disks of templates are owned, also while nothing has been made of them', () => {
    const volumes = [{ name: 'root', dataVolume: { name: 'db-root' } }]
    const virtualMachine = machine('db', { volumes, templates: ['db-root'] })
    expect(
      belongingsOf({ virtualMachine, dataVolumes: [], virtualMachines: [] }).map(line),
    ).toEqual(['DataVolume db-root 5Gi owned []'])
    const dataVolumes = [{ metadata: { name: 'db-root', ...ownedBy('db') } }]
    const claims = [{ metadata: { name: 'db-root' }, status: { capacity: { storage: '6Gi' } } }]
    expect(belongingsOf({ virtualMachine, dataVolumes, claims }).map(line)).toEqual([
      'DataVolume db-root 6Gi owned [?]',
    ])
  })

  test('a disk of a template is owned where DataVolumes may not be read', () => {
    const volumes = [{ name: 'root', dataVolume: { name: 'db-root' } }]
    const virtualMachine = machine('db', { volumes, templates: ['db-root'] })
    const claims = [{ metadata: { name: 'db-root' } }]
    const belongings = belongingsOf({ virtualMachine, claims })
    expect(belongings.map(line)).toEqual(['DataVolume db-root 5Gi owned [?]'])
    const [fate] = deletionPlan(belongings, goingBy('keep', belongings))
    expect(fate?.step).toBe('released')
  })

  test('a claim whose DataVolume CDI took away stands for it', () => {
    const volumes = [{ name: 'root', dataVolume: { name: 'db-root' } }]
    const virtualMachine = machine('db', { volumes, templates: ['db-root'] })
    const claims = [{ metadata: { name: 'db-root', ...ownedBy('db') } }]
    expect(belongingsOf({ virtualMachine, dataVolumes: [], claims }).map(line)).toEqual([
      'PersistentVolumeClaim db-root 5Gi owned [?]',
    ])
  })

  test('a disk that was detached and kept is still the VM’s, and is not deleted unseen', () => {
    const virtualMachine = machine('db')
    const dataVolumes = [
      { metadata: { name: 'kept', ...ownedBy('db') } },
      { metadata: { name: 'other', ...ownedBy('web') } },
    ]
    // Its owner is the DataVolume, and it is one disk with it.
    const claims = [{ metadata: { name: 'kept' }, status: { capacity: { storage: '1Gi' } } }]
    const surroundings = { virtualMachine, virtualMachines: [], dataVolumes, claims }
    expect(belongingsOf(surroundings).map(line)).toEqual(['DataVolume kept 1Gi owned []'])
  })

  test('a DataVolume made before the VM is free, and who else uses it is named', () => {
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }]
    const virtualMachine = machine('db', { volumes })
    const virtualMachines = [virtualMachine, machine('web', { volumes }), machine('mail')]
    const dataVolumes = [{ metadata: { name: 'data' } }]
    expect(belongingsOf({ virtualMachine, virtualMachines, dataVolumes }).map(line)).toEqual([
      'DataVolume data - free [web]',
    ])
  })

  test('Secrets and ConfigMaps, each once', () => {
    const volumes: Volumes = [
      { name: 'a', cloudInitNoCloud: { secretRef: { name: 'init' } } },
      { name: 'b', cloudInitNoCloud: { networkDataSecretRef: { name: 'init' } } },
      { name: 'c', sysprep: { configMap: { name: 'answers' } } },
      { name: 'd', configMap: { name: 'settings' } },
      { name: 'e', secret: { secretName: 'keys' } },
    ]
    expect(
      belongingsOf({ virtualMachine: machine('db', { volumes }), virtualMachines: [] }).map(
        line,
      ),
    ).toEqual([
      'Secret init - free []',
      'Secret keys - free []',
      'ConfigMap answers - free []',
      'ConfigMap settings - free []',
    ])
  })

  test('Services that select it, and snapshots of it', () => {
    const virtualMachine = machine('db')
    const services = [
      { metadata: { name: 'own' }, spec: { selector: { 'vm.kubevirt.io/name': 'db' } } },
      { metadata: { name: 'shop' }, spec: { selector: { app: 'shop' } } },
      { metadata: { name: 'else' }, spec: { selector: { app: 'mail' } } },
    ]
    const snapshot = (name: string, of: string) => ({
      metadata: { name },
      spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: of } },
    })
    const snapshots = [snapshot('before', 'db'), snapshot('other', 'web')]
    const virtualMachines = [machine('web')]
    expect(
      belongingsOf({ virtualMachine, virtualMachines, services, snapshots }).map(line),
    ).toEqual([
      'Service own - free []',
      'Service shop - free [web]',
      'VirtualMachineSnapshot before - free []',
    ])
  })
})

const BELONGINGS: Belonging[] = [
  { kind: 'DataVolume', name: 'root', isOwned: true, usedBy: [] },
  { kind: 'DataVolume', name: 'lent', isOwned: true, usedBy: ['web'] },
  { kind: 'PersistentVolumeClaim', name: 'data', isOwned: false, usedBy: [] },
  { kind: 'PersistentVolumeClaim', name: 'shared', isOwned: false, usedBy: ['web'] },
  { kind: 'Service', name: 'ssh', isOwned: false, usedBy: [] },
]
const WITH_UNKNOWN_USERS = BELONGINGS.map((each) => ({ ...each, usedBy: undefined }))

test.each<[DiskFate, Belonging[], string]>([
  ['byDefault', BELONGINGS, 'root:collected lent:released data:kept shared:kept ssh:kept'],
  ['keep', BELONGINGS, 'root:released lent:released data:kept shared:kept ssh:kept'],
  ['delete', BELONGINGS, 'root:collected lent:released data:deleted shared:kept ssh:kept'],
  [
    'byDefault',
    WITH_UNKNOWN_USERS,
    'root:collected lent:collected data:kept shared:kept ssh:kept',
  ],
  [
    'delete',
    WITH_UNKNOWN_USERS,
    'root:collected lent:collected data:kept shared:kept ssh:kept',
  ],
])('F-33 the disks of many VMs: %s', (fate, belongings, expected) => {
  const plan = deletionPlan(belongings, goingBy(fate, belongings))
  expect(plan.map(({ belonging, step }) => `${belonging.name}:${step}`).join(' ')).toBe(
    expected,
  )
})

test('F-33 what another VM needs is kept although it was chosen', () => {
  const going = ['DataVolume/lent', 'PersistentVolumeClaim/shared', 'Service/ssh']
  const plan = deletionPlan(BELONGINGS, new Set(going))
  expect(plan.map(({ step }) => step)).toEqual([
    'released',
    'released',
    'kept',
    'kept',
    'deleted',
  ])
  const patch =
    '[{"op":"test","path":"/metadata/ownerReferences/0/uid","value":"uid-db"},{"op":"remove","path":"/metadata/ownerReferences/0"}]'
  expect(deletionCommands({ namespace: 'shop', name: 'db', uid: 'uid-db' }, plan)).toEqual([
    `kubectl patch datavolume root --namespace=shop --type=json --patch='${patch}'`,
    `kubectl patch datavolume lent --namespace=shop --type=json --patch='${patch}'`,
    'kubectl delete virtualmachine db --namespace=shop',
    'kubectl delete service ssh --namespace=shop',
  ])
})
