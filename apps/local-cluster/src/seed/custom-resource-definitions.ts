import { RESOURCES } from '../resources/index.ts'
import type { ResourceDefinition } from '../registry.ts'
import type { SeedObject } from './index.ts'

/**
 * The custom kinds as definitions, for clients that look there (api discovery does not need
 * them). Their schemas are served by OpenAPI, where kubectl reads them.
 */
export function customResourceDefinitions(): SeedObject[] {
  return RESOURCES.filter(({ custom }) => custom).map(definitionSeed)
}

/** Who approved kinds in Kubernetes' own domain. */
const APPROVALS: Record<string, string> = {
  'snapshot.storage.k8s.io': 'https://github.com/kubernetes-csi/external-snapshotter/pull/814',
}

const approval = (group: string): object => ({
  annotations: { 'api-approved.kubernetes.io': APPROVALS[group] },
})

function definitionSeed(definition: ResourceDefinition): SeedObject {
  const { group, resource, kind, listKind, singular, shortNames, categories } = definition
  const { deprecatedVersions = {}, hasStatus, namespaced, versions } = definition
  const object = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${resource}.${group}`, ...(APPROVALS[group] && approval(group)) },
    spec: {
      group,
      names: {
        kind,
        listKind,
        plural: resource,
        singular,
        ...(shortNames && { shortNames }),
        ...(categories && { categories }),
      },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      conversion: { strategy: 'None' },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        ...(deprecatedVersions[name] && {
          deprecated: true,
          deprecationWarning: deprecatedVersions[name],
        }),
        ...(hasStatus && { subresources: { status: {} } }),
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      })),
    },
  }
  return { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions', object }
}
