import type { JsonSchema } from '../openapi/json-schema.ts'
import { CUSTOM_AGE, pathColumn } from './columns.ts'
import { builtInKind, customKind } from './define.ts'
import { ANYTHING, fields, withMetadata } from './handwritten-schema.ts'

/** The operator lifecycle manager's kinds: what of them an installation writes and a user reads. */
const OPERATORS = { group: 'operators.coreos.com', namespaced: true }

const text: JsonSchema = { type: 'string' }
const flag: JsonSchema = { type: 'boolean' }
const texts: JsonSchema = { type: 'array', items: text }
const time: JsonSchema = { type: 'string', format: 'date-time' }
const approval: JsonSchema = {
  ...text,
  description: 'Approval is the user approval policy for an InstallPlan.',
}
const selector = ANYTHING

export const subscription = customKind({
  ...OPERATORS,
  versions: ['v1alpha1'],
  kind: 'Subscription',
  resource: 'subscriptions',
  shortNames: ['sub', 'subs'],
  categories: ['olm'],
  hasStatus: true,
  columns: [
    pathColumn({
      name: 'Package',
      path: '.spec.name',
      description: 'The package subscribed to',
    }),
    pathColumn({
      name: 'Source',
      path: '.spec.source',
      description: 'The catalog source for the specified package',
    }),
    pathColumn({
      name: 'Channel',
      path: '.spec.channel',
      description: 'The channel of updates to subscribe to',
    }),
  ],
  schema: withMetadata({
    description: 'Subscription keeps operators up to date by tracking changes to Catalogs.',
    required: ['spec'],
    spec: {
      ...fields({
        channel: text,
        config: ANYTHING,
        installPlanApproval: approval,
        name: text,
        source: text,
        sourceNamespace: text,
        startingCSV: text,
      }),
      required: ['name', 'source', 'sourceNamespace'],
    },
    status: { ...fields({ currentCSV: text, installedCSV: text, state: text }), ...ANYTHING },
  }),
})

export const clusterServiceVersion = customKind({
  ...OPERATORS,
  versions: ['v1alpha1'],
  kind: 'ClusterServiceVersion',
  resource: 'clusterserviceversions',
  shortNames: ['csv', 'csvs'],
  categories: ['olm'],
  hasStatus: true,
  columns: [
    pathColumn({
      name: 'Display',
      path: '.spec.displayName',
      description: 'The name of the CSV',
    }),
    pathColumn({
      name: 'Version',
      path: '.spec.version',
      description: 'The version of the CSV',
    }),
    pathColumn({
      name: 'Replaces',
      path: '.spec.replaces',
      description: 'The name of a CSV that this one replaces',
    }),
    pathColumn({ name: 'Phase', path: '.status.phase' }),
  ],
  schema: withMetadata({
    description:
      'ClusterServiceVersion is a Custom Resource of type `ClusterServiceVersionSpec`.',
    required: ['spec'],
    spec: {
      ...fields({
        description: text,
        displayName: text,
        install: { ...fields({ spec: ANYTHING, strategy: text }), required: ['strategy'] },
        installModes: { type: 'array', items: fields({ supported: flag, type: text }) },
        maturity: text,
        minKubeVersion: text,
        provider: fields({ name: text, url: text }),
        replaces: text,
        version: text,
      }),
      required: ['displayName', 'install'],
      'x-kubernetes-preserve-unknown-fields': true,
    },
    status: {
      ...fields({ lastUpdateTime: time, message: text, phase: text, reason: text }),
      'x-kubernetes-preserve-unknown-fields': true,
    },
  }),
})

export const installPlan = customKind({
  ...OPERATORS,
  versions: ['v1alpha1'],
  kind: 'InstallPlan',
  resource: 'installplans',
  shortNames: ['ip'],
  categories: ['olm'],
  hasStatus: true,
  columns: [
    pathColumn({
      name: 'CSV',
      path: '.spec.clusterServiceVersionNames[0]',
      description: 'The first CSV in the list of clusterServiceVersionNames',
    }),
    pathColumn({ name: 'Approval', path: '.spec.approval', description: 'The approval mode' }),
    pathColumn({ name: 'Approved', type: 'boolean', path: '.spec.approved' }),
  ],
  schema: withMetadata({
    description: 'InstallPlan defines the installation of a set of operators.',
    required: ['spec'],
    spec: {
      ...fields({
        approval,
        approved: flag,
        clusterServiceVersionNames: texts,
        generation: { type: 'integer' },
        source: text,
        sourceNamespace: text,
      }),
      required: ['approval', 'approved', 'clusterServiceVersionNames'],
    },
    status: ANYTHING,
  }),
})

export const catalogSource = customKind({
  ...OPERATORS,
  versions: ['v1alpha1'],
  kind: 'CatalogSource',
  resource: 'catalogsources',
  shortNames: ['catsrc'],
  categories: ['olm'],
  hasStatus: true,
  columns: [
    pathColumn({
      name: 'Display',
      path: '.spec.displayName',
      description: 'The pretty name of the catalog',
    }),
    pathColumn({
      name: 'Type',
      path: '.spec.sourceType',
      description: 'The type of the catalog',
    }),
    pathColumn({
      name: 'Publisher',
      path: '.spec.publisher',
      description: 'The publisher of the catalog',
    }),
    CUSTOM_AGE,
  ],
  schema: withMetadata({
    description: 'CatalogSource is a repository of CSVs, CRDs, and operator packages.',
    required: ['spec'],
    spec: {
      ...fields({
        address: text,
        configMap: text,
        description: text,
        displayName: text,
        grpcPodConfig: ANYTHING,
        icon: fields({ base64data: text, mediatype: text }),
        image: text,
        priority: { type: 'integer' },
        publisher: text,
        runAsRoot: flag,
        secrets: texts,
        sourceType: text,
        updateStrategy: ANYTHING,
      }),
      required: ['sourceType'],
    },
    status: ANYTHING,
  }),
})

export const operatorGroup = customKind({
  ...OPERATORS,
  versions: ['v1', 'v1alpha2'],
  kind: 'OperatorGroup',
  resource: 'operatorgroups',
  shortNames: ['og'],
  categories: ['olm'],
  hasStatus: true,
  columns: [CUSTOM_AGE],
  schema: withMetadata({
    description: 'OperatorGroup is the unit of multitenancy for OLM managed operators.',
    spec: fields({
      selector,
      serviceAccountName: text,
      staticProvidedAPIs: flag,
      targetNamespaces: texts,
      upgradeStrategy: { type: 'string', enum: ['Default', 'TechPreviewUnsafeFailForward'] },
    }),
    status: fields({ lastUpdated: time, namespaces: texts, serviceAccountRef: ANYTHING }),
  }),
})

/** Comes from the catalogs' own API server: it can be read, but not written. */
export const packageManifest = builtInKind({
  group: 'packages.operators.coreos.com',
  versions: ['v1'],
  kind: 'PackageManifest',
  resource: 'packagemanifests',
  namespaced: true,
  verbs: ['get', 'list'],
  columns: [
    pathColumn({
      name: 'Catalog',
      path: '.status.catalogSourceDisplayName',
      description: 'The catalog of the package',
    }),
    CUSTOM_AGE,
  ],
  schema: withMetadata({
    description:
      'PackageManifest holds information about a package, which is a reference to one (or more) channels under a single package.',
    spec: ANYTHING,
    status: {
      ...fields({
        catalogSource: text,
        catalogSourceDisplayName: text,
        catalogSourceNamespace: text,
        catalogSourcePublisher: text,
        defaultChannel: text,
        packageName: text,
      }),
      'x-kubernetes-preserve-unknown-fields': true,
    },
  }),
})
