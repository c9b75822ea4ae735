import { describe, expect, it } from 'vitest'
import { type Circumstances, refusal } from './testing/refusal.ts'

const named = (name: string, rest: object = {}) => ({ metadata: { name }, ...rest })
const domain = (change: object = {}) => ({
  devices: {},
  resources: { requests: { memory: '64Mi' } },
  ...change,
})
const instance = (change: object = {}) => ({ domain: domain(), ...change })
const machine = (spec: object = {}, more: object = {}) => ({
  spec: { runStrategy: 'Halted', template: { spec: instance(spec) }, ...more },
})

const P = 'spec.template.spec'

describe('kinds around VMs refuse', () => {
  const source = { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'v' }
  const restore = (change: object = {}) => ({
    spec: { target: source, virtualMachineSnapshotName: 's', ...change },
  })
  const pool = (selector: object, old?: object) => ({
    spec: {
      selector: { matchLabels: selector },
      virtualMachineTemplate: {
        metadata: { labels: { app: 'a' } },
        spec: machine().spec,
      },
    },
    ...old,
  })

  it.each<[what: string, kind: string, ...rest: [object, string[], Circumstances?]]>([
    [
      'a VMI with a watchdog of another architecture',
      'VirtualMachineInstance',
      { spec: instance({ domain: domain({ devices: { watchdog: { name: 'w' } } }) }) },
      ['spec.domain.devices.watchdog: amd64 only supports I6300ESB watchdog device'],
    ],
    [
      'a snapshot of no group',
      'VirtualMachineSnapshot',
      { spec: { source: { kind: 'VirtualMachine', name: 'v' } } },
      ['spec.source.apiGroup: missing apiGroup'],
    ],
    [
      'a snapshot of a pod',
      'VirtualMachineSnapshot',
      { spec: { source: { ...source, kind: 'Pod' } } },
      ['spec.source.kind: invalid kind'],
    ],
    [
      'a snapshot that changes',
      'VirtualMachineSnapshot',
      { spec: { source: { ...source, name: 'w' } } },
      ['spec: spec in immutable after creation'],
      { old: { spec: { source } } },
    ],
    [
      'a restore that patches its metadata',
      'VirtualMachineRestore',
      restore({ patches: ['{"op": "replace", "path": "/metadata/name", "value": "w"}'] }),
      [
        'spec.patches: patching is valid only for elements under /spec/ only:  "path": "/metadata/name"',
      ],
    ],
    [
      'a second restore at a time',
      'VirtualMachineRestore',
      restore(),
      ['spec.target: VirtualMachineRestore "first" in progress'],
      {
        existing: {
          'virtualmachinerestores.snapshot.kubevirt.io': [named('first', restore())],
        },
      },
    ],
    [
      'an export of a node',
      'VirtualMachineExport',
      { spec: { source: { kind: 'Node', name: 'n', apiGroup: '' } } },
      ['spec.source.kind: invalid kind'],
    ],
    [
      'an export of a VM of another group',
      'VirtualMachineExport',
      { spec: { source: { kind: 'VirtualMachine', name: 'v', apiGroup: 'v1' } } },
      ['spec.source.APIGroup: VM API group must be kubevirt.io'],
    ],
    [
      'a clone onto itself',
      'VirtualMachineClone',
      { spec: { source, target: source } },
      [
        'spec.target.name: Target name cannot be equal to source name when both are VirtualMachines',
      ],
    ],
    [
      'a clone of nothing known, with odd filters and addresses',
      'VirtualMachineClone',
      {
        spec: {
          source: { ...source, kind: 'Pod' },
          labelFilters: ['a!b', '!'],
          newMacAddresses: { default: 'zz' },
        },
      },
      [
        'spec.labels: spec.labels filter a!b is invalid: cannot contain a negation character (!); FilterRules: NegationChar can be only used at the beginning of the filter',
        'spec.labels: a negation character is not a valid filter',
        'spec.Source.Kind: Source kind is not supported',
        'spec.newMacAddresses.default: interface default has malformed MAC address (zz).',
      ],
    ],
    [
      'a pool that does not find its VMs',
      'VirtualMachinePool',
      pool({ app: 'b' }),
      ['spec.selector: selector does not match labels.'],
    ],
    [
      'a pool that looks for others later',
      'VirtualMachinePool',
      pool({ app: 'a' }),
      ['spec.selector: selector is immutable after creation.'],
      { old: pool({ app: 'b' }) },
    ],
    [
      'a set of VMIs that are wrong',
      'VirtualMachineInstanceReplicaSet',
      {
        spec: {
          selector: { matchLabels: { app: 'a' } },
          template: {
            metadata: { labels: { app: 'a' } },
            spec: instance({ evictionStrategy: 'Later' }),
          },
        },
      },
      [
        `${P}.evictionStrategy: ${P}.evictionStrategy is set with an unrecognized option: Later`,
      ],
    ],
    [
      'a preset without a domain',
      'VirtualMachineInstancePreset',
      { spec: { selector: {} } },
      ['spec.domain: missing domain.'],
    ],
    [
      'a negative bandwidth',
      'MigrationPolicy',
      { spec: { selectors: {}, bandwidthPerMigration: '-1Mi', completionTimeoutPerGiB: -1 } },
      [
        'spec.completionTimeoutPerGiB: must not be negative',
        'spec.bandwidthPerMigration: must not be negative',
      ],
    ],
    [
      'more than all memory overcommitted, of huge pages',
      'VirtualMachineClusterInstancetype',
      {
        spec: {
          cpu: { guest: 1 },
          memory: { guest: '1Gi', overcommitPercent: 101, hugepages: { pageSize: '2Mi' } },
        },
      },
      [
        "spec.memory.overcommitPercent: spec.memory.overcommitPercent '101': must be in range between 0 and 100.",
        'spec.memory.overcommitPercent: spec.memory.overcommitPercent and spec.memory.hugepages should not be requested together.',
      ],
    ],
    [
      'three threads for a core',
      'VirtualMachineClusterPreference',
      {
        spec: {
          cpu: {
            preferredCPUTopology: 'spread',
            spreadOptions: { across: 'CoresThreads', ratio: 3 },
          },
        },
      },
      [
        'spec.cpu.spreadOptions.ratio: only a ratio of 2 (1 core 2 threads) is allowed when spreading vCPUs over cores and threads',
      ],
    ],
    [
      'a migration of nobody',
      'VirtualMachineInstanceMigration',
      { spec: { vmiName: '' } },
      ['spec.vmiName: vmiName is missing'],
    ],
    [
      'a migration that changes its mind',
      'VirtualMachineInstanceMigration',
      { spec: { vmiName: 'b' } },
      ["undefined: update of Migration object's spec is restricted"],
      { old: { spec: { vmiName: 'a' } } },
    ],
    [
      'an operator’s subscription to nothing',
      'Subscription',
      { spec: {} },
      [
        'spec.name: Required value',
        'spec.source: Required value',
        'spec.sourceNamespace: Required value',
      ],
    ],
    [
      'a strategy that virtualization does not have',
      'HyperConverged',
      { spec: { uninstallStrategy: 'Explode' } },
      [
        'spec.uninstallStrategy: Unsupported value: "Explode": supported values: "RemoveWorkloads", "BlockUninstallIfWorkloadsExist"',
      ],
    ],
    [
      'a snapshot class without a driver',
      'VolumeSnapshotClass',
      { deletionPolicy: 'Delete' },
      ['driver: Required value'],
    ],
  ])('%s', (_what, kind, object, causes, circumstances) => {
    expect(refusal(kind, object, circumstances)?.causes).toEqual(causes)
  })
})
