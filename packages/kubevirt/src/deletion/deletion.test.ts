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
  `${kind} ${name} ${size} ${isOwned ? 'owned' : 'free'} [${usedBy.join()}]`

describe('F-33 what belongs to a VM', () => {
  test('disks of templates are owned, also while nothing has been made of them', () => {
    const volumes = [{ name: 'root', dataVolume: { name: 'db-root' } }]
    const virtualMachine = machine('db', { volumes, templates: ['db-root'] })
    expect(belongingsOf({ virtualMachine }).map(line)).toEqual([
      'DataVolume db-root 5Gi owned []',
    ])
    const dataVolumes = [{ metadata: { name: 'db-root', ...ownedBy('db') } }]
    const claims = [{ metadata: { name: 'db-root' }, status: { capacity: { storage: '6Gi' } } }]
    expect(belongingsOf({ virtualMachine, dataVolumes, claims }).map(line)).toEqual([
      'DataVolume db-root 6Gi owned []',
    ])
  })

  test('a claim whose DataVolume CDI took away stands for it', () => {
    const volumes = [{ name: 'root', dataVolume: { name: 'db-root' } }]
    const virtualMachine = machine('db', { volumes, templates: ['db-root'] })
    const claims = [{ metadata: { name: 'db-root', ...ownedBy('db') } }]
    expect(belongingsOf({ virtualMachine, dataVolumes: [], claims }).map(line)).toEqual([
      'PersistentVolumeClaim db-root 5Gi owned []',
    ])
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
    expect(belongingsOf({ virtualMachine: machine('db', { volumes }) }).map(line)).toEqual([
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
  { kind: 'PersistentVolumeClaim', name: 'data', isOwned: false, usedBy: [] },
  { kind: 'PersistentVolumeClaim', name: 'shared', isOwned: false, usedBy: ['web'] },
  { kind: 'Service', name: 'ssh', isOwned: false, usedBy: [] },
]

test.each<[DiskFate, string]>([
  ['byDefault', 'root:collected data:kept shared:kept ssh:kept'],
  ['keep', 'root:released data:kept shared:kept ssh:kept'],
  ['delete', 'root:collected data:deleted shared:kept ssh:kept'],
])('F-33 the disks of many VMs: %s', (fate, expected) => {
  const plan = deletionPlan(BELONGINGS, goingBy(fate, BELONGINGS))
  expect(plan.map(({ belonging, step }) => `${belonging.name}:${step}`).join(' ')).toBe(
    expected,
  )
})

test('F-33 what another VM needs is kept although it was chosen', () => {
  const plan = deletionPlan(
    BELONGINGS,
    new Set(['PersistentVolumeClaim/shared', 'Service/ssh']),
  )
  expect(plan.map(({ step }) => step)).toEqual(['released', 'kept', 'kept', 'deleted'])
  expect(deletionCommands({ namespace: 'shop', name: 'db' }, plan)).toEqual([
    `kubectl patch datavolume root --namespace=shop --type=merge --patch='{"metadata":{"ownerReferences":null}}'`,
    'kubectl delete virtualmachine db --namespace=shop',
    'kubectl delete service ssh --namespace=shop',
  ])
})
