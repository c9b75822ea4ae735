import type { JsonSchema } from '../openapi/json-schema.ts'
import type { ResourceDefinition } from '../registry.ts'
import { CUSTOM_AGE } from './columns.ts'
import { customKind } from './define.ts'
import { withMetadata } from './handwritten-schema.ts'

const text: JsonSchema = { type: 'string' }
const integer: JsonSchema = { type: 'integer' }

/** The maintenance operator has lived in three groups. */
const nodeMaintenanceOf = (group: string, version: string): ResourceDefinition =>
  customKind({
    group,
    versions: [version],
    kind: 'NodeMaintenance',
    resource: 'nodemaintenances',
    shortNames: ['nm'],
    namespaced: false,
    hasStatus: true,
    columns: [CUSTOM_AGE],
    schema: withMetadata({
      description: 'NodeMaintenance is the Schema for the nodemaintenances API',
      spec: {
        type: 'object',
        required: ['nodeName'],
        properties: {
          nodeName: { ...text, description: 'Node name to apply maintanance on/off' },
          reason: { ...text, description: 'Reason for maintanance' },
        },
      },
      status: {
        type: 'object',
        properties: {
          phase: text,
          drainProgress: integer,
          lastUpdate: { type: 'string', format: 'date-time' },
          lastError: text,
          pendingPods: { type: 'array', items: text },
          pendingPodsRefs: {
            type: 'array',
            items: { type: 'object', properties: { namespace: text, name: text } },
          },
          totalpods: integer,
          evictionPods: integer,
          errorOnLeaseCount: integer,
        },
      },
    }),
  })

export const nodeMaintenance = nodeMaintenanceOf('nodemaintenance.medik8s.io', 'v1beta1')
export const kubevirtNodeMaintenance = nodeMaintenanceOf(
  'nodemaintenance.kubevirt.io',
  'v1beta1',
)
/** Its first home, in manifests of that time. */
export const firstNodeMaintenance = nodeMaintenanceOf('kubevirt.io', 'v1alpha1')
