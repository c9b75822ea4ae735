import type { JsonSchema } from '../openapi/json-schema.ts'
import { CUSTOM_AGE } from './columns.ts'
import { customKind } from './define.ts'
import { ANYTHING, fields, withMetadata } from './handwritten-schema.ts'

const text: JsonSchema = { type: 'string' }
const flag: JsonSchema = { type: 'boolean' }
const number = (value: number, description: string): JsonSchema => ({
  type: 'integer',
  default: value,
  description,
})

const liveMigrationConfig: JsonSchema = {
  ...fields({
    allowAutoConverge: { type: 'boolean', default: false },
    allowPostCopy: { type: 'boolean', default: false },
    bandwidthPerMigration: {
      type: 'string',
      pattern:
        '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
      description: 'Bandwidth limit of each migration; unlimited when 0.',
    },
    completionTimeoutPerGiB: number(
      150,
      'A migration is cancelled when it takes longer than this many seconds per GiB of data.',
    ),
    network: {
      ...text,
      description: 'The migrations will be performed over this dedicated Multus network.',
    },
    parallelMigrationsPerCluster: number(
      5,
      'Number of migrations running in parallel in the cluster.',
    ),
    parallelOutboundMigrationsPerNode: number(
      2,
      'Maximum number of outbound migrations per node.',
    ),
    progressTimeout: number(
      150,
      'A migration is cancelled when copying memory makes no progress for this many seconds.',
    ),
  }),
  description:
    'Live migration limits and timeouts are applied so that migration processes do not overwhelm the cluster.',
  default: {},
}

const spec = fields({
  infra: {
    ...fields({ nodePlacement: ANYTHING }),
    description: 'Where the components that belong to no node run.',
  },
  workloads: {
    ...fields({ nodePlacement: ANYTHING }),
    description: 'Where virtual machines and what serves them run.',
  },
  featureGates: { type: 'object', additionalProperties: flag, default: {} },
  liveMigrationConfig,
  evictionStrategy: {
    type: 'string',
    enum: ['None', 'LiveMigrate', 'LiveMigrateIfPossible', 'External'],
    description:
      'EvictionStrategy defines at the cluster level if the VirtualMachineInstance should be migrated instead of shut-off in case of a node drain.',
  },
  uninstallStrategy: {
    type: 'string',
    enum: ['RemoveWorkloads', 'BlockUninstallIfWorkloadsExist'],
    default: 'BlockUninstallIfWorkloadsExist',
    description:
      'UninstallStrategy defines how to proceed on uninstall when workloads (VirtualMachines, DataVolumes) still exist.',
  },
  defaultCPUModel: { ...text, description: 'The cluster-wide default CPU model.' },
  defaultRuntimeClass: text,
  scratchSpaceStorageClass: {
    ...text,
    description:
      'Override the storage class used for scratch space during transfer operations.',
  },
  vmStateStorageClass: text,
  vddkInitImage: text,
  commonTemplatesNamespace: text,
  commonBootImageNamespace: text,
  enableCommonBootImageImport: { type: 'boolean', default: true },
  deployVmConsoleProxy: { type: 'boolean', default: false },
  certConfig: ANYTHING,
  filesystemOverhead: ANYTHING,
  higherWorkloadDensity: fields({
    memoryOvercommitPercentage: {
      type: 'integer',
      minimum: 10,
      default: 100,
      description: 'Guest memory in percent of the memory that its pod requests.',
    },
  }),
  ksmConfiguration: ANYTHING,
  logVerbosityConfig: ANYTHING,
  mediatedDevicesConfiguration: ANYTHING,
  networkBinding: { type: 'object', additionalProperties: ANYTHING },
  obsoleteCPUs: fields({
    cpuModels: { type: 'array', items: text },
    minCPUModel: text,
  }),
  permittedHostDevices: ANYTHING,
  resourceRequirements: ANYTHING,
  storageImport: fields({ insecureRegistries: { type: 'array', items: text } }),
  dataImportCronTemplates: { type: 'array', items: ANYTHING },
  tlsSecurityProfile: ANYTHING,
  virtualMachineOptions: ANYTHING,
  workloadUpdateStrategy: ANYTHING,
  // Of the first release (v1alpha1).
  BareMetalPlatform: {
    ...flag,
    description: 'Whether the nodes are physical machines; from the first release on, ignored.',
  },
  LocalStorageClassName: text,
})

const condition = fields({
  lastTransitionTime: { type: 'string', format: 'date-time' },
  message: { type: 'string', maxLength: 32_768 },
  observedGeneration: { type: 'integer', format: 'int64', minimum: 0 },
  reason: { type: 'string', minLength: 1, maxLength: 1024 },
  status: { type: 'string', enum: ['True', 'False', 'Unknown'] },
  type: { type: 'string', maxLength: 316 },
})

/** One object switches the whole of virtualization on; its operator's kind has no published type. */
export const hyperConverged = customKind({
  group: 'hco.kubevirt.io',
  versions: ['v1beta1', 'v1alpha1'],
  deprecatedVersions: {
    v1alpha1: 'hco.kubevirt.io/v1alpha1 is deprecated, please use hco.kubevirt.io/v1beta1.',
  },
  lenientVersions: ['v1alpha1'],
  kind: 'HyperConverged',
  resource: 'hyperconvergeds',
  shortNames: ['hco', 'hcos'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [CUSTOM_AGE],
  schema: withMetadata({
    description: 'HyperConverged is the Schema for the hyperconvergeds API',
    spec: { ...spec, default: {} },
    status: fields({
      conditions: { type: 'array', items: condition },
      dataImportCronTemplates: { type: 'array', items: ANYTHING },
      dataImportSchedule: text,
      infrastructureHighlyAvailable: flag,
      nodeInfo: ANYTHING,
      observedGeneration: { type: 'integer', format: 'int64' },
      relatedObjects: { type: 'array', items: ANYTHING },
      systemHealthStatus: text,
      versions: { type: 'array', items: fields({ name: text, version: text }) },
    }),
  }),
})
