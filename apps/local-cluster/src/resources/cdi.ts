import type {
  V1beta1DataImportCron as DataImportCron,
  V1beta1DataVolume as DataVolume,
} from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
import { statusErrors } from '@virtdeck/kubernetes'
import type { JsonSchema } from '../openapi/json-schema.ts'
import { CUSTOM_AGE, pathColumn } from './columns.ts'
import { dataImportCronCauses, dataVolumeCauses } from './data-volume-rules.ts'
import { customKind } from './define.ts'
import { withMetadata } from './handwritten-schema.ts'

/** Today's CDI serves v1beta1 only; manifests of its first years say v1alpha1. */
const CDI = {
  group: 'cdi.kubevirt.io',
  versions: ['v1beta1', 'v1alpha1'],
  deprecatedVersions: {
    v1alpha1: 'cdi.kubevirt.io/v1alpha1 is deprecated, please use cdi.kubevirt.io/v1beta1.',
  },
  lenientVersions: ['v1alpha1'],
}
const DATA_VOLUME_VALIDATOR = 'datavolume-validate.cdi.kubevirt.io'
const IMPORT_CRON_VALIDATOR = 'dataimportcron-validate.cdi.kubevirt.io'

export const dataVolume = customKind<DataVolume>({
  ...CDI,
  kind: 'DataVolume',
  resource: 'datavolumes',
  component: 'io.kubevirt.cdi.v1beta1.DataVolume',
  shortNames: ['dv', 'dvs'],
  categories: ['all'],
  namespaced: true,
  // CDI's CRD has the subresource; its controllers write status through it.
  hasStatus: true,
  columns: [
    pathColumn({
      name: 'Phase',
      path: '.status.phase',
      description: 'The phase the data volume is in',
    }),
    pathColumn({
      name: 'Progress',
      path: '.status.progress',
      description: 'Transfer progress in percentage if known, N/A otherwise',
    }),
    pathColumn({
      name: 'Restarts',
      type: 'integer',
      path: '.status.restartCount',
      description: 'The number of times the transfer has been restarted.',
    }),
    CUSTOM_AGE,
  ],
  admit: (request) => {
    const causes = dataVolumeCauses(request)
    if (causes.length > 0) throw statusErrors.deniedByWebhook(DATA_VOLUME_VALIDATOR, causes)
  },
})

export const cdiConfig = customKind({
  ...CDI,
  kind: 'CDIConfig',
  resource: 'cdiconfigs',
  component: 'io.kubevirt.cdi.v1beta1.CDIConfig',
  namespaced: false,
  hasStatus: true,
  columns: [CUSTOM_AGE],
})

export const cdi = customKind({
  ...CDI,
  kind: 'CDI',
  resource: 'cdis',
  component: 'io.kubevirt.cdi.v1beta1.CDI',
  shortNames: ['cdi', 'cdis'],
  namespaced: false,
  hasStatus: true,
  columns: [CUSTOM_AGE, pathColumn({ name: 'Phase', path: '.status.phase' })],
})

export const dataSource = customKind({
  ...CDI,
  kind: 'DataSource',
  resource: 'datasources',
  component: 'io.kubevirt.cdi.v1beta1.DataSource',
  shortNames: ['das'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [CUSTOM_AGE],
})

export const dataImportCron = customKind<DataImportCron>({
  ...CDI,
  kind: 'DataImportCron',
  resource: 'dataimportcrons',
  component: 'io.kubevirt.cdi.v1beta1.DataImportCron',
  shortNames: ['dic', 'dics'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [
    pathColumn({
      name: 'Format',
      path: '.status.sourceFormat',
      description: 'The format in which created sources are saved',
    }),
  ],
  admit: (request) => {
    const causes = dataImportCronCauses(request)
    if (causes.length > 0) throw statusErrors.deniedByWebhook(IMPORT_CRON_VALIDATOR, causes)
  },
})

const text: JsonSchema = { type: 'string' }
const claimPropertySets: JsonSchema = {
  type: 'array',
  description: 'ClaimPropertySets is a provided set of properties applicable to PVC',
  items: {
    type: 'object',
    properties: { accessModes: { type: 'array', items: text }, volumeMode: text },
  },
}

/** The published CDI types leave this kind out. */
export const storageProfile = customKind({
  ...CDI,
  kind: 'StorageProfile',
  resource: 'storageprofiles',
  namespaced: false,
  hasStatus: true,
  columns: [CUSTOM_AGE],
  schema: withMetadata({
    description: 'StorageProfile provides a CDI specific recommendation for storage parameters',
    spec: {
      type: 'object',
      properties: {
        claimPropertySets,
        cloneStrategy: text,
        dataImportCronSourceFormat: text,
        snapshotClass: text,
      },
    },
    status: {
      type: 'object',
      properties: {
        claimPropertySets,
        cloneStrategy: text,
        dataImportCronSourceFormat: text,
        provisioner: text,
        snapshotClass: text,
        storageClass: text,
      },
    },
  }),
})
