import { type KubernetesObject, statusErrors } from '@virtdeck/kubernetes'
import type { JsonSchema } from '../openapi/json-schema.ts'
import type { ResourceDefinition } from '../registry.ts'
import { CUSTOM_AGE } from './columns.ts'
import { customKind, type KindRequest } from './define.ts'
import { withMetadata } from './handwritten-schema.ts'

const text: JsonSchema = { type: 'string' }
const integer: JsonSchema = { type: 'integer' }

interface NodeMaintenance extends KubernetesObject {
  spec: { nodeName: string }
}

const WEBHOOK = 'vnodemaintenance.kb.io'

function nodeProblem(
  resource: string,
  { operation, object, oldObject, lookup, lookupAll }: KindRequest<NodeMaintenance>,
): string | undefined {
  const { nodeName } = object.spec
  if (operation === 'update') {
    return nodeName === oldObject?.spec.nodeName
      ? undefined
      : "updating spec.NodeName isn't allowed"
  }
  if (!lookup('nodes', undefined, nodeName)) {
    return `invalid nodeName, no node with name ${nodeName} found`
  }
  const others = [...(lookupAll?.(resource, undefined) ?? [])] as NodeMaintenance[]
  return others.some(({ spec }) => spec.nodeName === nodeName)
    ? `invalid nodeName, a NodeMaintenance for node ${nodeName} already exists`
    : undefined
}

/** The maintenance operator has lived in three groups. */
const nodeMaintenanceOf = (group: string, version: string): ResourceDefinition =>
  customKind<NodeMaintenance>({
    group,
    versions: [version],
    kind: 'NodeMaintenance',
    resource: 'nodemaintenances',
    shortNames: ['nm'],
    namespaced: false,
    hasStatus: true,
    columns: [CUSTOM_AGE],
    admit: (request) => {
      const problem = nodeProblem(`nodemaintenances.${group}`, request)
      if (problem === undefined) return
      throw statusErrors.other(
        403,
        'Forbidden',
        `admission webhook "${WEBHOOK}" denied the request: ${problem}`,
      )
    },
    schema: withMetadata({
      required: ['spec'],
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
